package io.hydrant.expression;

import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeFieldImpl;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.rel.type.RelRecordType;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeName;

import java.util.ArrayList;
import java.util.List;

/** Hive's types as Calcite's; every value may be null. */
final class ColumnTypes {

    /** Calcite counts time in milliseconds, whatever the precision. */
    private static final int MILLIS = 3;

    private final JavaTypeFactoryImpl types = new JavaTypeFactoryImpl(new Precisions());

    JavaTypeFactoryImpl factory() {
        return types;
    }

    /** The row of a table. */
    RelDataType row(List<HiveType.Field> fields) {
        return new RelRecordType(StructKind.FULLY_QUALIFIED, of(fields));
    }

    private RelDataType of(HiveType type) {
        return types.createTypeWithNullability(plain(type), true);
    }

    private RelDataType plain(HiveType type) {
        if (type instanceof HiveType.Simple simple) {
            return switch (simple) {
                case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
                case TINYINT -> types.createSqlType(SqlTypeName.TINYINT);
                case SMALLINT -> types.createSqlType(SqlTypeName.SMALLINT);
                case INT -> types.createSqlType(SqlTypeName.INTEGER);
                case BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
                case FLOAT -> types.createSqlType(SqlTypeName.REAL);
                case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
                case STRING -> types.createSqlType(SqlTypeName.VARCHAR);
                case BINARY -> types.createSqlType(SqlTypeName.VARBINARY);
                case DATE -> types.createSqlType(SqlTypeName.DATE);
                case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, MILLIS);
            };
        }
        if (type instanceof HiveType.Decimal decimal) {
            return types.createSqlType(SqlTypeName.DECIMAL, decimal.precision(), decimal.scale());
        }
        if (type instanceof HiveType.Varchar varchar) {
            return types.createSqlType(SqlTypeName.VARCHAR, varchar.length());
        }
        if (type instanceof HiveType.Char padded) {
            return types.createSqlType(SqlTypeName.VARCHAR, padded.length());
        }
        if (type instanceof HiveType.Array array) {
            return types.createArrayType(of(array.element()), -1);
        }
        if (type instanceof HiveType.Map map) {
            return types.createMapType(of(map.key()), of(map.value()));
        }
        // user.name is found without the name of the table in front of it, and * takes user whole.
        return new RelRecordType(
                StructKind.PEEK_FIELDS_NO_EXPAND, of(((HiveType.Struct) type).fields()), true);
    }

    private List<RelDataTypeField> of(List<HiveType.Field> fields) {
        List<RelDataTypeField> columns = new ArrayList<>();
        for (HiveType.Field field : fields) {
            columns.add(new RelDataTypeFieldImpl(field.name(), columns.size(), of(field.type())));
        }
        return columns;
    }

    /** Decimals as wide as Hive's. */
    private static final class Precisions extends RelDataTypeSystemImpl {

        @Override
        public int getMaxPrecision(SqlTypeName type) {
            return type == SqlTypeName.DECIMAL
                    ? HiveType.Decimal.MOST_DIGITS
                    : super.getMaxPrecision(type);
        }

        @Override
        @SuppressWarnings("deprecation") // the rules for results of arithmetic still ask it
        public int getMaxNumericPrecision() {
            return HiveType.Decimal.MOST_DIGITS;
        }

        @Override
        @SuppressWarnings("deprecation") // the rules for results of arithmetic still ask it
        public int getMaxNumericScale() {
            return HiveType.Decimal.MOST_DIGITS;
        }

        @Override
        public int getMaxScale(SqlTypeName type) {
            return type == SqlTypeName.DECIMAL
                    ? HiveType.Decimal.MOST_DIGITS
                    : super.getMaxScale(type);
        }
    }
}
