package com.recordsponge.operator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;

/** Who may know what is not ours, and what nobody does; who may know whom of us, {@link CodeMapTest} holds. */
@AnalyzeClasses(packages = "com.recordsponge.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] FEATURES = {"..database..", "..workload..", "..route.."};

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
    static final ArchRule buildersAndFindingsKnowNeitherTheSdkNorAClient = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .and()
            .haveSimpleNameNotEndingWith("DependentResource")
            .and()
            .haveSimpleNameNotEndingWith("Served")
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
    static final ArchRule onlyThePlatformBuildsAClient = noClasses()
            .that()
            .resideOutsideOfPackage("..platform..")
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
