package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The component protect-exemptions, judged as the API server judges it, with its authorizer. */
@DisplayName("To look away needs a permission:")
class ProtectExemptionsTest {
    private static final List<ObjectNode> OBJECTS =
            Kustomization.render(Path.of("deploy/components/protect-exemptions"));

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .build())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.optional(), CelExtensions.strings())
            .addVar("request", SimpleType.DYN)
            .addVar("object", SimpleType.DYN)
            .addVar("oldObject", SimpleType.DYN)
            .addVar("variables", SimpleType.DYN)
            .addVar("authorizer", SimpleType.DYN)
            .addFunctionDeclarations(
                    member("group"), member("resource"), member("namespace"), member("check"), allowed())
            .build();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .build())
            .addLibraries(CelExtensions.optional(), CelExtensions.strings())
            .addFunctionBindings(asking("group"), asking("resource"), asking("namespace"), asking("check"))
            .addFunctionBindings(
                    CelFunctionBinding.from("flowguard_allowed", Map.class, asked -> granted((Map<?, ?>) asked)))
            .build();

    private static CelFunctionDecl member(String name) {
        return CelFunctionDecl.newFunctionDeclaration(
                name,
                CelOverloadDecl.newMemberOverload(
                        "flowguard_" + name, SimpleType.DYN, SimpleType.DYN, SimpleType.STRING));
    }

    private static CelFunctionDecl allowed() {
        return CelFunctionDecl.newFunctionDeclaration(
                "allowed", CelOverloadDecl.newMemberOverload("flowguard_allowed", SimpleType.BOOL, SimpleType.DYN));
    }

    /** Remembers what is asked, as the authorizer of the API server does. */
    private static CelFunctionBinding asking(String name) {
        return CelFunctionBinding.from("flowguard_" + name, ImmutableList.of(Map.class, String.class), arguments -> {
            Map<Object, Object> asked = new HashMap<>((Map<?, ?>) arguments[0]);
            asked.put(name, arguments[1]);
            return asked;
        });
    }

    private static boolean granted(Map<?, ?> asked) {
        Object namespace = asked.get("namespace");
        return ((Set<?>) Objects.requireNonNull(asked.get("granted")))
                .contains(asked.get("check") + " " + asked.get("resource") + "." + asked.get("group")
                        + (namespace == null ? "" : " in " + namespace));
    }

    private static final String RELAX = "relax clusterflowcontracts.flowguard.dev";
    private static final String OVERRIDE = "override flowcontracts.flowguard.dev in shop";

    @DisplayName("of a Namespace, without and with it:")
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing of ours, created      | {metadata: {name: shop}}                                                   |                                                  | true
        a label of others             | {metadata: {name: shop, labels: {a: b}}}                                   | {metadata: {name: shop}}                         | true
        a mode, created               | {metadata: {name: shop, labels: {flowguard.dev/mode: Warn}}}               |                                                  | false
        a mode, set                   | {metadata: {name: shop, labels: {flowguard.dev/mode: Audit}}}              | {metadata: {name: shop, labels: {a: b}}}         | false
        a mode, changed               | {metadata: {name: shop, labels: {flowguard.dev/mode: Audit}}}              | {metadata: {name: shop, labels: {flowguard.dev/mode: Warn}}} | false
        a mode, kept                  | {metadata: {name: shop, labels: {flowguard.dev/mode: Warn, a: b}}}         | {metadata: {name: shop, labels: {flowguard.dev/mode: Warn}}} | true
        findings, set                 | {metadata: {name: shop, annotations: {flowguard.dev/findings: all=Off}}}   | {metadata: {name: shop}}                         | false
        findings, taken away          | {metadata: {name: shop}}                                                   | {metadata: {name: shop, annotations: {flowguard.dev/findings: all=Deny}}} | false
        implied flows, set            | {metadata: {name: shop, annotations: {flowguard.dev/implied: all=Off}}}    | {metadata: {name: shop}}                         | false
        contracts accepted            | {metadata: {name: shop, annotations: {flowguard.dev/accept-contracts-from: a}}} | {metadata: {name: shop}}                    | false
        a warn-only name, created     | {metadata: {name: argocd}}                                                 |                                                  | false
        a warn-only name, updated     | {metadata: {name: argocd, labels: {a: b}}}                                 | {metadata: {name: argocd}}                       | true
        """)
    void namespaces(String what, String object, @Nullable String before, boolean open) throws Exception {
        assertThat(isAdmitted("flowguard-exempt-namespaces", object, before, Set.of()))
                .isEqualTo(open);
        assertThat(isAdmitted("flowguard-exempt-namespaces", object, before, Set.of(RELAX)))
                .isTrue();
        assertThat(isAdmitted("flowguard-exempt-namespaces", object, before, Set.of(OVERRIDE)))
                .isEqualTo(open);
    }

    @DisplayName("of a policy with an override, without and with it:")
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        no override   | {metadata: {name: p, annotations: {a: b}}}                                                   | true
        an override   | {metadata: {name: p, annotations: {flowguard.dev/override: why}}}                            | false
        being deleted | {metadata: {name: p, deletionTimestamp: x, annotations: {flowguard.dev/override: why}}}      | true
        """)
    void overrides(String what, String object, boolean open) throws Exception {
        for (String before : new @Nullable String[] {null, object}) {
            assertThat(isAdmitted("flowguard-overrides", object, before, Set.of()))
                    .isEqualTo(open);
            assertThat(isAdmitted("flowguard-overrides", object, before, Set.of(OVERRIDE + "-else")))
                    .isEqualTo(open);
            assertThat(isAdmitted("flowguard-overrides", object, before, Set.of(OVERRIDE)))
                    .isTrue();
            assertThat(isAdmitted("flowguard-overrides", object, before, Set.of(RELAX)))
                    .isTrue();
        }
    }

    @DisplayName("each policy is bound, denies, and fails closed")
    @Test
    void bound() {
        List<ObjectNode> policies = OBJECTS.stream()
                .filter(object -> object.get("kind").asText().equals("ValidatingAdmissionPolicy"))
                .toList();
        assertThat(policies).hasSize(2).allSatisfy(policy -> {
            assertThat(policy.at("/spec/failurePolicy").asText()).isEqualTo("Fail");
            assertThat(OBJECTS).anySatisfy(binding -> {
                assertThat(binding.get("kind").asText()).isEqualTo("ValidatingAdmissionPolicyBinding");
                assertThat(binding.at("/spec/policyName")).isEqualTo(policy.at("/metadata/name"));
                assertThat(Yaml.texts(binding.at("/spec/validationActions"))).containsExactly("Deny");
            });
        });
    }

    private static boolean isAdmitted(String policy, String object, @Nullable String before, Set<String> granted)
            throws Exception {
        JsonNode spec = OBJECTS.stream()
                .filter(each -> each.get("kind").asText().equals("ValidatingAdmissionPolicy")
                        && each.at("/metadata/name").asText().equals(policy))
                .findFirst()
                .orElseThrow()
                .get("spec");
        Map<String, Object> values = new HashMap<>();
        values.put("request", Map.of("operation", before == null ? "CREATE" : "UPDATE", "namespace", "shop"));
        values.put("object", Yaml.plain(Yaml.document(object)));
        if (before != null) {
            values.put("oldObject", Yaml.plain(Yaml.document(before)));
        }
        values.put("authorizer", Map.of("granted", granted));
        Map<String, Object> variables = new HashMap<>();
        values.put("variables", variables);
        for (JsonNode variable : spec.get("variables")) {
            variables.put(
                    variable.get("name").asText(),
                    evaluate(variable.get("expression").asText(), values));
        }
        boolean admitted = true;
        for (JsonNode validation : spec.get("validations")) {
            admitted &= (boolean) evaluate(validation.get("expression").asText(), values);
        }
        return admitted;
    }

    private static Object evaluate(String expression, Map<String, Object> values) throws Exception {
        return RUNTIME.createProgram(COMPILER.compile(expression).getAst()).eval(values);
    }
}
