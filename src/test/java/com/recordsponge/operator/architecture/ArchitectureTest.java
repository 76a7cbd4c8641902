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

/** Who uses the SDK, a client and the spec, and what nobody does. {@link CodeMapTest} checks who knows whom. */
@AnalyzeClasses(packages = "com.recordsponge.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] FEATURES = {
        "..database..", "..sessions..", "..workload..", "..certificate..", "..route.."
    };

    @ArchTest
    static final ArchRule theApiKnowsNeitherTheSdkNorQuarkus = noClasses()
            .that()
            .resideInAPackage("..api.v1..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javaoperatorsdk..", "io.quarkus..");

    @ArchTest
    static final ArchRule thePlanIsPure = noClasses()
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
    static final ArchRule onlyDependentsConditionsAndLookupsKnowTheSdkOrAClient = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .and()
            .haveSimpleNameNotEndingWith("DependentResource")
            .and()
            .haveSimpleNameNotEndingWith("Installed")
            .and()
            .doNotHaveSimpleName("LoginChecks")
            .and()
            .doNotHaveSimpleName("Issuers")
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javaoperatorsdk..", "io.fabric8.kubernetes.client..");

    @ArchTest
    static final ArchRule onlyPlansFeaturesAndLookupsReadTheSpec = noClasses()
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
    static final ArchRule theKernelKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage("..operator.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FEATURES);

    @ArchTest
    static final ArchRule eachFeaturePackageHasOneEntryPoint = classes()
            .that()
            .implement(Feature.class)
            .should()
            .haveSimpleNameEndingWith("Feature")
            .andShould()
            .resideInAnyPackage(FEATURES);

    @ArchTest
    static final ArchRule onlyTheRuntimeBuildsAClient = noClasses()
            .that()
            .resideOutsideOfPackage("..runtime..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(KubernetesClientBuilder.class);

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("com.recordsponge.operator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class);
}
