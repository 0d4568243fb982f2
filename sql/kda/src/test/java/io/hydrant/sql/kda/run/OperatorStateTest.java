package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Stages.Frame;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators keep. A restart in the middle of a window changes no result; and the files in
 * {@code src/test/resources/state} hold the state of the first form of each operator, which every
 * later one has to go on from. {@code -Dhydrant.golden.write=true} writes those that are missing.
 */
class OperatorStateTest {

    private static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {new TimestampType(3), new VarCharType(4), new IntType()},
                    new String[] {"ROWTIME", "K", "V"});

    private static final RowType SIDES =
            RowType.of(
                    new LogicalType[] {
                        new TimestampType(3),
                        new IntType(),
                        new TimestampType(3),
                        new IntType(),
                        new TimestampType(3),
                        new IntType()
                    },
                    new String[] {"ROWTIME", "$SIDE", "$L.ROWTIME", "$L.V", "$R.ROWTIME", "$R.V"});

    private static final Path GOLDEN = Path.of("src/test/resources/state");

    enum Kept {
        SLIDING {
            @Override
            OneInputStreamOperator<RowData, RowData> operator() {
                return new KeyedProcessOperator<>(
                        new SlidingOperator(
                                TYPE,
                                0,
                                List.of(
                                        function("SUM", new Frame(10_000, -1)),
                                        function("MAX", new Frame(10_000, -1)),
                                        function("LAG", new Frame(-1, 2)))));
            }

            private SlidingFunction function(String name, Frame frame) {
                return new SlidingFunction(
                        name,
                        frame,
                        false,
                        false,
                        List.of(new IntType()),
                        List.of(RowData.createFieldGetter(new IntType(), 2)));
            }
        },
        STAGGER {
            @Override
            OneInputStreamOperator<RowData, RowData> operator() {
                return new KeyedProcessOperator<>(new StaggerOperator(TYPE, 0, 10_000));
            }
        },
        CHANGE {
            @Override
            OneInputStreamOperator<RowData, RowData> operator() {
                return new ChangeOperator(new ChangeFunction(TYPE, 0, 2));
            }
        },
        PAIR {
            @Override
            OneInputStreamOperator<RowData, RowData> operator() {
                return new KeyedProcessOperator<>(
                        new PairOperator(SIDES, new Frame(-1, 2), new Frame(10_000, -1)));
            }

            @Override
            RowData row(TimestampData time, String key, int value) {
                return key.equals("a")
                        ? GenericRowData.of(time, 0, time, value, null, null)
                        : GenericRowData.of(time, 1, null, null, time, value);
            }
        };

        abstract OneInputStreamOperator<RowData, RowData> operator();

        FieldKey key() {
            return switch (this) {
                case SLIDING, STAGGER -> new FieldKey(TYPE, new int[] {1});
                case CHANGE -> new FieldKey(TYPE, new int[0]);
                case PAIR -> new FieldKey(SIDES, new int[0]);
            };
        }

        RowData row(TimestampData time, String key, int value) {
            return GenericRowData.of(time, StringData.fromString(key), value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAfterARestartInTheMiddleOfAWindow(Kept kept) throws Exception {
        List<String> rows = new ArrayList<>();
        OperatorSubtaskState state = first(kept, rows);
        second(kept, state, rows);

        assertThat(rows).hasSizeGreaterThan(3).isEqualTo(undisturbed(kept));
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromTheStateOfItsFirstForm(Kept kept) throws Exception {
        Path golden = GOLDEN.resolve(kept.name().toLowerCase(java.util.Locale.ROOT) + "-v1");
        List<String> rows = new ArrayList<>();
        OperatorSubtaskState state = first(kept, rows);
        if (Boolean.getBoolean("hydrant.golden.write") && Files.notExists(golden)) {
            Files.createDirectories(GOLDEN);
            OperatorSnapshotUtil.writeStateHandle(state, golden.toString());
        }

        second(kept, OperatorSnapshotUtil.readStateHandle(golden.toString()), rows);

        assertThat(rows).isEqualTo(undisturbed(kept));
    }

    private static OperatorSubtaskState first(Kept kept, List<String> into) throws Exception {
        try (Harness harness = new Harness(kept)) {
            harness.open();
            harness.early();
            OperatorSubtaskState state = harness.snapshot(1, 1);
            into.addAll(harness.shown());
            return state;
        }
    }

    private static void second(Kept kept, OperatorSubtaskState state, List<String> into)
            throws Exception {
        try (Harness harness = new Harness(kept)) {
            harness.initializeState(state);
            harness.open();
            harness.late();
            into.addAll(harness.shown());
        }
    }

    private static List<String> undisturbed(Kept kept) throws Exception {
        try (Harness harness = new Harness(kept)) {
            harness.open();
            harness.early();
            harness.late();
            return harness.shown();
        }
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<RowData, RowData, RowData> {

        private final Kept kept;

        Harness(Kept kept) throws Exception {
            this(kept, kept.key());
        }

        private Harness(Kept kept, FieldKey key) throws Exception {
            super(kept.operator(), key, key.getProducedType());
            this.kept = kept;
        }

        void early() throws Exception {
            row(1_000, "a", 1);
            row(3_000, "b", 1);
            row(2_000, "a", 7);
            processWatermark(new Watermark(3_000));
            row(5_000, "a", 2);
        }

        void late() throws Exception {
            row(4_000, "b", 2);
            row(5_000, "a", 3);
            processWatermark(new Watermark(9_000));
            row(12_500, "a", 3);
            row(14_000, "b", 5);
            processWatermark(Watermark.MAX_WATERMARK);
        }

        private void row(long time, String key, int value) throws Exception {
            processElement(kept.row(TimestampData.fromEpochMillis(time), key, value), time);
        }

        List<String> shown() {
            return extractOutputValues().stream().map(Object::toString).toList();
        }
    }
}
