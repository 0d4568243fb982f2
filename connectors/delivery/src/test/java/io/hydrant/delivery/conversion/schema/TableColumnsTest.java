package io.hydrant.delivery.conversion.schema;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Source: AWS Glue, Table and StorageDescriptor. */
class TableColumnsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'Name': 'id', 'Type': 'bigint', 'Comment': 'x'}, {'Name': 'a b', 'Type': 'array<int>'}]",
                "{'Columns': [{'Name': 'id', 'Type': 'bigint'}, {'Name': 'a b', 'Type': 'array<int>'}]}",
                "{'StorageDescriptor': {'Columns': [{'Name': 'id', 'Type': 'bigint'}, {'Name': 'a b', 'Type': 'array<int>'}], 'Location': 's3://x'}}",
                "{'Table': {'Name': 't', 'StorageDescriptor': {'Columns': [{'Name': 'id', 'Type': 'bigint'}, {'Name': 'a b', 'Type': 'array<int>'}]}, 'PartitionKeys': [{'Name': 'day', 'Type': 'string'}]}}",
                "{'TableVersion': {'VersionId': '3', 'Table': {'StorageDescriptor': {'Columns': [{'Name': 'id', 'Type': 'bigint'}, {'Name': 'a b', 'Type': 'array<int>'}]}}}}",
            })
    void readsWhatGluePrintsAndPartsOfIt(String json) {
        assertThat(TableColumns.parse(json.replace('\'', '"')).text())
                .isEqualTo("struct<id:bigint,`a b`:array<int>>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {                                   | is not JSON: Unexpected end-of-input
                    {}                                  | holds no array of columns; give what `aws glue get-table` prints
                    {'Table': {'Name': 't'}}            | Table holds no array of columns
                    []                                  | : 0 fields are not allowed
                    {'Columns': [{'Type': 'int'}]}      | Columns[0].Name is missing or not a text
                    [{'Name': 'a'}]                     | [0].Type, of column 'a', is missing or not a text
                    [{'Name': 'a', 'Type': 'money'}]    | [0].Type, of column 'a': 'money', position 1: 'money' is not a type
                    [{'Name': 'a', 'Type': 'int'}, {'Name': 'A', 'Type': 'int'}] | : the name 'A' is given twice
                    """)
    void saysWhatIsWrongAndWhere(String json, String problem) {
        assertThatThrownBy(() -> TableColumns.parse(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}
