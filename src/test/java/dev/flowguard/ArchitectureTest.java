package dev.flowguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ws.rs.Path;

/** The shape of the code: what a judgement is made of knows nothing of how state arrives or where answers go. */
@AnalyzeClasses(packages = "dev.flowguard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {
        "dev.flowguard.net..",
        "dev.flowguard.policy..",
        "dev.flowguard.contract..",
        "dev.flowguard.cluster..",
        "dev.flowguard.verdict..",
        "dev.flowguard.binding..",
        "dev.flowguard.assess.."
    };

    @ArchTest
    static final ArchRule pure = classes()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.flowguard.net..",
                    "dev.flowguard.policy..",
                    "dev.flowguard.contract..",
                    "dev.flowguard.cluster..",
                    "dev.flowguard.verdict..",
                    "dev.flowguard.binding..",
                    "dev.flowguard.assess..",
                    "java.lang..",
                    "java.util..",
                    "java.io..",
                    "org.jspecify.annotations..")
            .because("the JDK and null annotations are all that the judgement needs");

    @ArchTest
    static final ArchRule silent = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.logging..",
                    "java.net..",
                    "java.nio..",
                    "org.slf4j..",
                    "org.jboss..",
                    "io.fabric8..",
                    "com.fasterxml..",
                    "io.quarkus..",
                    "jakarta..",
                    "io.vertx..",
                    "io.micrometer..");

    @ArchTest
    static final ArchRule oneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("net")
            .definedBy("dev.flowguard.net..")
            .layer("policy")
            .definedBy("dev.flowguard.policy..")
            .layer("contract")
            .definedBy("dev.flowguard.contract..")
            .layer("cluster")
            .definedBy("dev.flowguard.cluster..")
            .layer("verdict")
            .definedBy("dev.flowguard.verdict..")
            .layer("binding")
            .definedBy("dev.flowguard.binding..")
            .layer("assess")
            .definedBy("dev.flowguard.assess..")
            .whereLayer("net")
            .mayNotAccessAnyLayer()
            .whereLayer("policy")
            .mayOnlyAccessLayers("net")
            .whereLayer("contract")
            .mayOnlyAccessLayers("net", "policy")
            .whereLayer("cluster")
            .mayOnlyAccessLayers("net", "policy", "contract")
            .whereLayer("verdict")
            .mayOnlyAccessLayers("net", "policy", "contract", "cluster")
            .whereLayer("binding")
            .mayOnlyAccessLayers("net", "policy", "contract", "cluster", "verdict")
            .whereLayer("assess")
            .mayOnlyAccessLayers("net", "policy", "contract", "cluster", "verdict", "binding");

    @ArchTest
    static final ArchRule acyclic =
            slices().matching("dev.flowguard.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule routes = classes()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .haveNameMatching("dev\\.flowguard\\.admission\\.http\\.Validate(Contracts|Changes)?Resource")
            .because("the routes of src/bench/load are for comparison only");
}
