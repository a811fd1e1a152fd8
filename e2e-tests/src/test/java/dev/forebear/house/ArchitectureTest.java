package dev.forebear.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the house, one line each. Arrows point down only. */
@AnalyzeClasses(packages = "dev.forebear", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule arrowsPointDownOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("dev.forebear.cli..")
            .layer("replay")
            .definedBy("dev.forebear.replay..")
            .layer("ingest-service")
            .definedBy("dev.forebear.ingest..")
            .layer("fingerprint-worker")
            .definedBy("dev.forebear.worker..")
            .layer("match-service")
            .definedBy("dev.forebear.match..")
            .layer("alerts-service")
            .definedBy("dev.forebear.alerts..")
            .layer("schemas")
            .definedBy("dev.forebear.schemas..")
            .layer("service-runtime")
            .definedBy("dev.forebear.runtime..")
            .layer("embedded-platform")
            .definedBy("dev.forebear.platform..")
            .layer("signals")
            .definedBy("dev.forebear.signals..")
            .layer("checkpoint-reader")
            .definedBy("dev.forebear.checkpoint..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ingest-service")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("fingerprint-worker")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("replay")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("match-service")
            .mayOnlyBeAccessedByLayers("cli", "replay")
            .whereLayer("alerts-service")
            .mayOnlyBeAccessedByLayers("cli", "replay")
            .whereLayer("embedded-platform")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("schemas")
            .mayOnlyAccessLayers("schemas")
            .whereLayer("service-runtime")
            .mayOnlyAccessLayers("service-runtime")
            .whereLayer("embedded-platform")
            .mayOnlyAccessLayers("embedded-platform")
            .whereLayer("signals")
            .mayOnlyAccessLayers("checkpoint-reader")
            .whereLayer("checkpoint-reader")
            .mayOnlyAccessLayers("checkpoint-reader");

    @ArchTest
    static final ArchRule theCoreKnowsNeitherKafkaNorAvroNorHttpServers = noClasses()
            .that()
            .resideInAnyPackage("dev.forebear.checkpoint..", "dev.forebear.signals..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "io.javalin..", "org.eclipse.jetty..");

    @ArchTest
    static final ArchRule librariesDoNotLog = noClasses()
            .that()
            .resideInAnyPackage("dev.forebear.checkpoint..", "dev.forebear.signals..", "dev.forebear.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "java.util.logging..");

    @ArchTest
    static final ArchRule nothingFromAModelIsExecuted = noClasses()
            .that()
            .resideInAnyPackage("dev.forebear.checkpoint..", "dev.forebear.signals..", "dev.forebear.worker..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.io\\.ObjectInputStream|javax\\.script\\..*|java\\.net\\.URLClassLoader|java\\.lang\\.ProcessBuilder|java\\.lang\\.Runtime");

    @ArchTest
    static final ArchRule modulesFormNoCycles =
            slices().matching("dev.forebear.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesAreNounsOfTheDomain = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebear.schemas.wire..")
            .should()
            .haveNameMatching(".*(Impl|Util|Utils|Manager|Helper)")
            .orShould()
            .haveNameMatching(".*\\.(Abstract|Base)[A-Z].*");

    @ArchTest
    static final ArchRule onlyPeopleAreSpokenToOnTheStandardStreams = noClasses()
            .that()
            .resideOutsideOfPackages("dev.forebear.cli..", "dev.forebear.runtime..")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .haveSimpleName("package-info")
            .and()
            .resideOutsideOfPackage("dev.forebear.schemas.wire..")
            .should()
            .beAnnotatedWith("org.jspecify.annotations.NullMarked");
}
