package io.hydrant.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class YamlTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    a: 1                        | {"a":1}
                    a: -0.5                     | {"a":-0.5}
                    a: 12345678901234567890     | {"a":12345678901234567890}
                    a: 012                      | {"a":"012"}
                    a: 1_000                    | {"a":"1_000"}
                    a: 1:30                     | {"a":"1:30"}
                    a: 2010-09-09               | {"a":"2010-09-09"}
                    a: "1"                      | {"a":"1"}
                    a: 'true'                   | {"a":"true"}
                    a: True                     | {"a":true}
                    a: off                      | {"a":false}
                    a: ~                        | {"a":null}
                    a:                          | {"a":null}
                    a: [x, {b: y}]              | {"a":["x",{"b":"y"}]}
                    a: &x {b: 1}\\nc: *x        | {"a":{"b":1},"c":{"b":1}}
                    a: !Ref B                   | {"a":{"Ref":"B"}}
                    a: !Condition B             | {"a":{"Condition":"B"}}
                    a: !GetAtt B.Endpoint.Port  | {"a":{"Fn::GetAtt":["B","Endpoint.Port"]}}
                    a: !GetAtt [B, Arn]         | {"a":{"Fn::GetAtt":["B","Arn"]}}
                    a: !Sub "${B}/!{timestamp}" | {"a":{"Fn::Sub":"${B}/!{timestamp}"}}
                    a: !If [c, !Ref B, 1]       | {"a":{"Fn::If":["c",{"Ref":"B"},1]}}
                    a: !Join ['', [x, !Ref B]]  | {"a":{"Fn::Join":["",["x",{"Ref":"B"}]]}}
                    a: in/!{timestamp:yyyy}/    | {"a":"in/!{timestamp:yyyy}/"}
                    a: !!str 5                  | {"a":"5"}
                    """)
    void readsWhatJsonSaysAsWell(String yaml, String json) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();

        assertThat(mapper.writeValueAsString(YamlText.read(yaml.replace("\\n", "\n"))))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    a: 1\\na: 2           | line 2, column 1: the key "a" is there twice
                    a: {<<: {b: 1}}       | line 1, column 5: << is nothing that CloudFormation reads; write the fields out
                    a: {[b]: 1}           | line 1, column 5: a key is a text
                    a: &a [*a]            | it is deeper than 100 levels
                    a: *b                 | line 1, column 4: found undefined alias b
                    a: [1                 | line 1, column 6: expected ',' or ']', but got <stream end>
                    a: 1\\n---\\nb: 2     | line 2, column 1: but found another document
                    """)
    void saysWhatIsWrongAndWhere(String yaml, String problem) {
        assertThatThrownBy(() -> YamlText.read(yaml.replace("\\n", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is not YAML")
                .hasMessageContaining(problem);
    }

    @Test
    void isWhatAFileOfYamlHoldsButForJson() {
        assertThat(YamlText.is("stack.YAML", "a: 1")).isTrue();
        assertThat(YamlText.is("stack.template", "a: 1")).isTrue();
        assertThat(YamlText.is("stack.template", " {\"a\": 1}")).isFalse();
        assertThat(YamlText.is("stack.json", "a: 1")).isFalse();
        assertThat(YamlText.read("# nothing")).isNull();
    }
}
