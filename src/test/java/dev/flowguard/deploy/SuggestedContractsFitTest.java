package dev.flowguard.deploy;

import static dev.flowguard.testing.Given.block;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.suggest.Suggestions;
import dev.flowguard.contract.ContractLimits;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.ServicePart;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.wording.ContractYaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what is suggested for a large namespace is taken by the API server")
class SuggestedContractsFitTest {
    private static final String POD_SELECTOR = "spec.flows[].from.podSelector.";

    @DisplayName("the limits are those of the schema")
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "spec.flows,maxItems," + ContractLimits.FLOWS,
        "spec.flows[].name,maxLength," + ContractLimits.FLOW_NAME,
        "spec.flows[].ports,maxItems," + ContractLimits.PORTS,
        "spec.flows[].to.ipBlock.except,maxItems," + ContractLimits.EXCEPTIONS,
        POD_SELECTOR + "matchLabels,maxProperties," + ContractLimits.LABELS,
        POD_SELECTOR + "matchExpressions,maxItems," + ContractLimits.EXPRESSIONS,
        POD_SELECTOR + "matchExpressions[].values,maxItems," + ContractLimits.VALUES
    })
    void limits(String field, String keyword, int limit) {
        JsonNode schema = Objects.requireNonNull(Schema.FLOW_CONTRACT.fields().get(field));
        assertThat(schema.path(keyword).asInt()).isEqualTo(limit);
    }

    @Test
    @DisplayName("flows beyond the limit go to further contracts, which are numbered; each flow has a name of its own")
    void manyFlows() {
        List<ObjectNode> contracts = suggested(services(2 * ContractLimits.FLOWS + 1));

        assertThat(contracts)
                .extracting(contract -> contract.at("/metadata/name").asText())
                .containsExactly("suggested", "suggested-2", "suggested-3");
        assertThat(contracts)
                .extracting(contract -> contract.at("/spec/flows").size())
                .containsExactly(ContractLimits.FLOWS, ContractLimits.FLOWS, 1);
        assertThat(names(contracts)).hasSize(2 * ContractLimits.FLOWS + 1);
    }

    @Test
    @DisplayName("as many flows as a contract holds are one contract, by the plain name")
    void justFits() {
        assertThat(suggested(services(ContractLimits.FLOWS)))
                .extracting(contract -> contract.at("/metadata/name").asText())
                .containsExactly("suggested");
    }

    @Test
    @DisplayName("ports beyond the limit go to a further flow")
    void manyPorts() {
        PolicyPart.Term[] terms = Stream.concat(Stream.of(block("203.0.113.0/24")), ports(ContractLimits.PORTS + 1))
                .toArray(PolicyPart.Term[]::new);
        ServicePart many = service("shop/many").selects("app=web");
        IntStream.rangeClosed(1, ContractLimits.PORTS + 2).forEach(number -> many.port(number, number));

        List<ObjectNode> contracts = suggested(List.of(
                pods("shop", "app=web"),
                pods("shop", "app=front"),
                many,
                policy("shop/provider").selects("app=web").egress(terms),
                policy("shop/web")
                        .selects("app=web")
                        .ingress(Stream.concat(Stream.of(from("app=front")), ports(ContractLimits.PORTS + 1))
                                .toArray(PolicyPart.Term[]::new))));

        assertThat(contracts).hasSize(1);
        assertThat(names(contracts))
                .containsExactlyInAnyOrder(
                        "front-to-many",
                        "front-to-many-2",
                        "provider-to-203-0-113-0-24",
                        "provider-to-203-0-113-0-24-2");
    }

    @Test
    @DisplayName("an end that a policy can name and a contract cannot is left out")
    void unspeakableEnds() {
        String[] exceptions = IntStream.rangeClosed(0, ContractLimits.EXCEPTIONS)
                .mapToObj(number -> "203.0." + number + ".0/24")
                .toArray(String[]::new);
        String labels = String.join(
                ",",
                IntStream.rangeClosed(0, ContractLimits.LABELS)
                        .mapToObj(number -> "l" + number + "=x")
                        .toList());
        String conditions = String.join(
                ",",
                IntStream.rangeClosed(0, ContractLimits.EXPRESSIONS)
                        .mapToObj(number -> "!x" + number)
                        .toList());
        String values = IntStream.rangeClosed(0, ContractLimits.VALUES)
                .mapToObj(number -> "v" + number)
                .reduce("web", (all, value) -> all + "," + value);

        List<ObjectNode> contracts = suggested(List.of(
                pods("shop", "app=web," + labels),
                to443("exceptions").egress(block("203.0.0.0/16", exceptions), tcp(443)),
                to443("labels").selects(labels),
                to443("conditions").selects(conditions),
                to443("values").selects("app in (" + values + ")"),
                to443("plain").selects("app=web")));

        assertThat(names(contracts))
                .containsExactlyInAnyOrder("exceptions-to-198-51-100-0-24", "plain-to-198-51-100-0-24");
    }

    @Test
    @DisplayName("more equal names than fit into three digits stay apart, and short enough")
    void equalNames() {
        PolicyPart policy =
                policy("shop/" + "a".repeat(ContractLimits.FLOW_NAME)).selects("app=web");
        IntStream.range(0, 1_001)
                .mapToObj(number -> "203." + number / 250 + "." + number % 250 + ".0/24")
                .forEach(cidr -> policy.egress(block(cidr), tcp(443)));

        assertThat(names(suggested(List.of(pods("shop", "app=web"), policy)))).hasSize(1_001);
    }

    private static PolicyPart to443(String name) {
        return policy("shop/" + name).egress(block("198.51.100.0/24"), tcp(443));
    }

    private static List<Part> services(int number) {
        List<Part> parts = new ArrayList<>(List.of(pods("shop", "app=web"), pods("shop", "app=front")));
        IntStream.range(0, number)
                .mapToObj(each -> service("shop/web-" + each).selects("app=web").port(80, 8080))
                .forEach(parts::add);
        return parts;
    }

    private static Stream<PolicyPart.Term> ports(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(each -> tcp(each));
    }

    /** As it is written, after the API server's schema has taken it. */
    private static List<ObjectNode> suggested(List<Part> parts) {
        List<ObjectNode> contracts = Suggestions.of(
                        TestCluster.with(parts.toArray(Part[]::new)).snapshot())
                .stream()
                .flatMap(contract -> Yaml.documents(String.join("\n", ContractYaml.of(contract))).stream())
                .toList();
        contracts.forEach(
                contract -> assertThat(SchemaCheck.mistakesIn(contract)).isEmpty());
        return contracts;
    }

    private static Set<String> names(List<ObjectNode> contracts) {
        Set<String> names = new HashSet<>();
        contracts.forEach(contract -> contract.at("/spec/flows")
                .forEach(flow -> assertThat(names.add(flow.path("name").asText()))
                        .as(flow.toString())
                        .isTrue()));
        return names;
    }
}
