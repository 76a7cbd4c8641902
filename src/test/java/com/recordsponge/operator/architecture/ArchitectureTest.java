package com.recordsponge.operator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.recordsponge.operator.api.v1.EnvironmentSpec;
import com.recordsponge.operator.plan.Feature;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;

/** Which classes use the SDK, a client and the spec. {@link CodeMapTest} checks dependencies between packages. */
@AnalyzeClasses(packages = "com.recordsponge.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] FEATURES = {
        "..dev..",
        "..database..",
        "..sessions..",
        "..registry..",
        "..image..",
        "..workload..",
        "..certificate..",
        "..probe..",
        "..route.."
    };

    @ArchTest
    static final ArchRule theApiDependsOnNeitherTheSdkNorQuarkus = noClasses()
            .that()
            .resideInAPackage("..api.v1..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javaoperatorsdk..", "io.quarkus..");

    @ArchTest
    static final ArchRule thePlanUsesNoClientClockOrFramework = noClasses()
            .that()
            .resideInAPackage("..operator.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.javaoperatorsdk..", "io.quarkus..", "jakarta..", "io.fabric8.kubernetes.client.dsl..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(KubernetesClient.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule onlyDependentsAndLookupsUseTheSdkOrAClient = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .and()
            .haveSimpleNameNotEndingWith("DependentResource")
            .and()
            .haveSimpleNameNotEndingWith("Installed")
            .and()
            .doNotHaveSimpleName("LoginChecks")
            .and()
            .doNotHaveSimpleName("Resolutions")
            .and()
            .doNotHaveSimpleName("PromotionSources")
            .and()
            .doNotHaveSimpleName("SiteChecks")
            .and()
            .doNotHaveSimpleName("Issuers")
            .and()
            .doNotHaveSimpleName("Issuances")
            .and()
            .doNotHaveSimpleName("SourceClaims")
            .and()
            .doNotHaveSimpleName("ReportChecks")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javaoperatorsdk..", "io.fabric8.kubernetes.client..");

    @ArchTest
    static final ArchRule onlyPlansFeaturesAndChecksReadTheSpec = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .and()
            .haveSimpleNameNotEndingWith("Plan")
            .and()
            .haveSimpleNameNotEndingWith("Feature")
            .and()
            .haveSimpleNameNotEndingWith("Checks")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(EnvironmentSpec.class);

    @ArchTest
    static final ArchRule thePlanPackageDependsOnNoFeature = noClasses()
            .that()
            .resideInAPackage("..operator.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FEATURES);

    @ArchTest
    static final ArchRule featureClassesAreInFeaturePackages = classes()
            .that()
            .implement(Feature.class)
            .should()
            .haveSimpleNameEndingWith("Feature")
            .andShould()
            .resideInAnyPackage(FEATURES);

    @ArchTest
    static final ArchRule onlyTheRuntimeCreatesAClient = noClasses()
            .that()
            .resideOutsideOfPackage("..runtime..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(KubernetesClientBuilder.class);

    @ArchTest
    static final ArchRule packagesHaveNoCyclicDependencies =
            slices().matching("com.recordsponge.operator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noClassSleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class);
}
