package io.hydrant.localstack.it;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Holds the direction in which rooms may know each other: core, then kinesis and delivery, then
 * destinations, then jobs.
 */
@SuppressWarnings("hideutilityclassconstructor") // JUnit makes an instance
@AnalyzeClasses(packages = "io.hydrant", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    private static final String OURS = "io.hydrant..";
    private static final String CORE = "io.hydrant.core..";
    private static final String KINESIS = "io.hydrant.kinesis..";
    private static final String DELIVERY = "io.hydrant.delivery..";
    private static final String LAMBDA = "io.hydrant.lambda..";
    private static final String EXPRESSION = "io.hydrant.expression..";
    private static final String TEMPLATE = "io.hydrant.template..";
    private static final String S3 = "io.hydrant.s3..";
    private static final String ICEBERG = "io.hydrant.iceberg..";
    private static final String REDSHIFT = "io.hydrant.redshift..";
    private static final String CLOUDWATCH = "io.hydrant.cloudwatch..";
    private static final String JOBS = "io.hydrant.jobs..";
    private static final String SQL_FUNCTIONS = "io.hydrant.sql.functions..";
    private static final String SQL_KDA = "io.hydrant.sql.kda..";
    private static final String HARNESS = "io.hydrant.localstack.harness..";
    private static final String FAKES = "io.hydrant.localstack.fakes..";

    @ArchTest static final ArchRule coreKnowsNoOtherRoom = knowsOnly(CORE, CORE);

    @ArchTest static final ArchRule kinesisKnowsOnlyCore = knowsOnly(KINESIS, KINESIS, CORE);

    @ArchTest static final ArchRule deliveryKnowsOnlyCore = knowsOnly(DELIVERY, DELIVERY, CORE);

    @ArchTest static final ArchRule s3KnowsOnlyDeliveryAndCore = knowsOnly(S3, S3, DELIVERY, CORE);

    @ArchTest
    static final ArchRule expressionKnowsOnlyDeliveryAndCore =
            knowsOnly(EXPRESSION, EXPRESSION, DELIVERY, CORE);

    @ArchTest static final ArchRule templateKnowsOnlyCore = knowsOnly(TEMPLATE, TEMPLATE, CORE);

    @ArchTest
    static final ArchRule icebergKnowsOnlyDeliveryAndCore =
            knowsOnly(ICEBERG, ICEBERG, DELIVERY, CORE);

    @ArchTest
    static final ArchRule redshiftKnowsOnlyS3DeliveryAndCore =
            knowsOnly(REDSHIFT, REDSHIFT, S3, DELIVERY, CORE);

    @ArchTest
    static final ArchRule lambdaKnowsOnlyDeliveryAndCore =
            knowsOnly(LAMBDA, LAMBDA, DELIVERY, CORE);

    @ArchTest
    static final ArchRule cloudWatchKnowsOnlyCore = knowsOnly(CLOUDWATCH, CLOUDWATCH, CORE);

    @ArchTest
    static final ArchRule jobsKnowOnlyConnectors =
            knowsOnly(
                    JOBS,
                    JOBS,
                    S3,
                    ICEBERG,
                    REDSHIFT,
                    EXPRESSION,
                    TEMPLATE,
                    LAMBDA,
                    DELIVERY,
                    KINESIS,
                    CORE);

    @ArchTest
    static final ArchRule sqlFunctionsKnowNoOtherRoom = knowsOnly(SQL_FUNCTIONS, SQL_FUNCTIONS);

    @ArchTest
    static final ArchRule kdaKnowsOnlyFunctionsAndConnectors =
            knowsOnly(SQL_KDA, SQL_KDA, SQL_FUNCTIONS, TEMPLATE, LAMBDA, KINESIS, CORE);

    @ArchTest static final ArchRule harnessKnowsNoRoomOfOurs = knowsOnly(HARNESS, HARNESS);

    @ArchTest static final ArchRule fakesKnowNoRoomOfOurs = knowsOnly(FAKES, FAKES);

    @ArchTest
    static final ArchRule deliveryImportsNoAwsClass =
            noClasses()
                    .that()
                    .resideInAPackage(DELIVERY)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("software.amazon..", "com.amazonaws..")
                    .because("delivery knows no destination");

    @ArchTest
    static final ArchRule noClassIsNamedForNothing =
            noClasses()
                    .that()
                    .resideInAPackage(OURS)
                    .and()
                    // What JavaCC names.
                    .resideOutsideOfPackage("..generated..")
                    .should()
                    .haveSimpleNameEndingWith("Util")
                    .orShould()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .orShould()
                    .haveSimpleNameEndingWith("Manager")
                    .because("a name says what a class does");

    private static ArchRule knowsOnly(String room, String... known) {
        return classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat(
                        resideInAPackage(OURS)
                                .negate()
                                .or(
                                        com.tngtech.archunit.base.DescribedPredicate.or(
                                                java.util.Arrays.stream(known)
                                                        .map(
                                                                com.tngtech.archunit.core.domain
                                                                                .JavaClass
                                                                                .Predicates
                                                                        ::resideInAPackage)
                                                        .toList())))
                .allowEmptyShould(false);
    }
}
