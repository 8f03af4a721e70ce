package dev.flowguard.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import dev.flowguard.policy.calico.CalicoPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("K29 what Calico's API refuses")
class CalicoValidationTest {
    @DisplayName("is refused here, with the field and what to do:")
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "np ~ selector: 'a == b' ~ spec.selector: column 6: found \"b\", expected a value in quotes",
                "np ~ selector: global() ~ spec.selector: global() has a meaning only in the namespaceSelector of a rule's source or destination: write it there",
                "np ~ ingress: [{action: Allow, source: {namespaceSelector: \"global() || has(a)\"}}] ~ spec.ingress[0].source.namespaceSelector: global() cannot be combined with other terms: write it alone, and what else is asked for into selector",
                "np ~ ingress: [{action: Allow, source: {selector: 'has(a'}}] ~ spec.ingress[0].source.selector: column 6: found the end of the selector, expected \")\" after has(a",
                "np ~ ingress: [{action: allow}] ~ spec.ingress[0].action: \"allow\" is not one of Allow, Deny, Log, Pass; did you mean \"Allow\"?",
                "np ~ ingress: [{}] ~ spec.ingress[0].action: is missing: add it",
                "np ~ ingress: [{action: Allow, source: {nets: [10.0.0.1/24]}}] ~ spec.ingress[0].source.nets[0]: 10.0.0.1/24 has bits behind its prefix: write 10.0.0.0/24",
                "np ~ ingress: [{action: Allow, source: {nets: [10.0.0.1]}}] ~ spec.ingress[0].source.nets[0]: 10.0.0.1 is an address: write the block of it alone, 10.0.0.1/32",
                "np ~ ingress: [{action: Allow, source: {notNets: [0.0.0.0/0]}}] ~ spec.ingress[0].source.notNets[0]: excludes every address, so that the rule matches nothing: leave it out",
                "np ~ ingress: [{action: Allow, source: {nets: [10.0.0.0/24, '2001:db8::/32']}}] ~ spec.ingress[0]: has blocks of IPv4 and of IPv6: write a rule for each family",
                "np ~ ingress: [{action: Allow, ipVersion: 6, source: {nets: [10.0.0.0/24]}}] ~ spec.ingress[0].source.nets[0]: 10.0.0.0/24 is of another family than ipVersion 6",
                "np ~ ingress: [{action: Allow, ipVersion: 5}] ~ spec.ingress[0].ipVersion: is 5: expected 4 or 6",
                "np ~ ingress: [{action: Allow, destination: {ports: [80]}}] ~ spec.ingress[0].destination.ports[0]: needs protocol TCP, UDP or SCTP beside it: write that into the rule (ports of all are three rules)",
                "np ~ ingress: [{action: Allow, protocol: ICMP, destination: {ports: [web]}}] ~ spec.ingress[0].destination.ports[0]: needs protocol TCP, UDP or SCTP beside it: write that into the rule (ports of all are three rules)",
                "np ~ ingress: [{action: Allow, protocol: TCP, destination: {ports: ['90:80']}}] ~ spec.ingress[0].destination.ports[0]: 90:80 is no port: a port has a number from 1 to 65535, and a range runs upwards",
                "np ~ ingress: [{action: Allow, protocol: tcp}] ~ spec.ingress[0].protocol: \"tcp\" is no protocol: expected TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite or a number from 1 to 255",
                "np ~ ingress: [{action: Allow, icmp: {type: 8}}] ~ spec.ingress[0].icmp: needs protocol ICMP or ICMPv6 beside it: write that into the rule",
                "np ~ ingress: [{action: Allow, protocol: ICMP, icmp: {code: 0}}] ~ spec.ingress[0].icmp.code: needs a type beside it: a code means something of one type only",
                "np ~ ingress: [{action: Allow, protocol: ICMP, ipVersion: 6}] ~ spec.ingress[0].ipVersion: must be 4 beside protocol ICMP",
                "np ~ ingress: [{action: Deny, http: {methods: [GET]}}] ~ spec.ingress[0].http: is allowed in rules with action Allow only",
                "np ~ egress: [{action: Allow, http: {methods: [GET]}}] ~ spec.egress[0].http: is not allowed in egress rules: take it out",
                "np ~ ingress: [{action: Allow, destination: {services: {name: a}}}] ~ spec.ingress[0].destination.services: is allowed in the source of ingress rules only: move it there",
                "np ~ egress: [{action: Allow, destination: {services: {name: a}, selector: has(a)}}] ~ spec.egress[0].destination.services: cannot stand beside selector: write a rule for each",
                "np ~ egress: [{action: Allow, protocol: TCP, destination: {services: {name: a}, ports: [80]}}] ~ spec.egress[0].destination.services: cannot stand beside ports: write a rule for each",
                "gnp ~ egress: [{action: Allow, destination: {services: {name: a}}}] ~ spec.egress[0].destination.services.namespace: is missing: a global policy has no namespace of its own, write that of the Service",
                "np ~ types: [Ingress, Ingress] ~ spec.types[1]: Ingress is there twice: write it once",
                "np ~ types: [ingress] ~ spec.types[0]: \"ingress\" is not one of Ingress, Egress; did you mean \"Ingress\"?",
                "np ~ order: first ~ spec.order: \"first\" is no number: write one such as 100 or 10.5",
                "gnp ~ doNotTrack: true ~ spec.applyOnForward: must be true beside doNotTrack",
                "gnp ~ preDNAT: true, applyOnForward: true, types: [Egress] ~ spec.preDNAT: is for ingress alone: take egress and the type Egress out",
                "tier default ~ order: 5, defaultAction: Deny ~ spec.order: of the tier default must be 1000000: leave it as it is",
                "tier kube-admin ~ order: 1000 ~ spec.defaultAction: of the tier kube-admin must be Pass: leave it as it is",
                "tier a.b ~ order: 5 ~ metadata.name: is no name of a tier: expected at most 63 lower-case letters, digits and \"-\", without a \".\"",
                "set ~ nets: [x] ~ spec.nets[0]: \"x\" is no address and no block: expected something like 192.0.2.0/24, 192.0.2.7 or 2001:db8::/32"
            })
    void refused(String kind, String spec, String problem) throws IOException {
        assertThat(problems(object(kind, spec, "projectcalico.org/v3"))).isEqualTo(problem);
    }

    @DisplayName("is taken where it is stored already, and undetermined if it cannot be understood:")
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '~',
            value = {
                "np ~ ingress: [{action: Allow, source: {nets: [10.0.0.1/24, 10.0.0.1]}}] ~ true",
                "np ~ ingress: [{action: Allow, source: {notNets: [0.0.0.0/0]}}] ~ true",
                "np ~ ingress: [{action: allow}] ~ false",
                "gnp ~ selector: x ~ false"
            })
    void stored(String kind, String spec, boolean understood) throws IOException {
        LoadedManifests loaded = load(object(kind, spec, "crd.projectcalico.org/v1"));
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.observations())
                .flatExtracting(observation -> observation.facts())
                .singleElement()
                .satisfies(fact -> assertThat(((CalicoPolicy) ((Fact.Ruled) fact).policy())
                                .unreadable()
                                .isEmpty())
                        .isEqualTo(understood));
    }

    @Test
    @DisplayName("and what it takes is taken")
    void taken() throws IOException {
        for (String spec : List.of(
                "order: 1.5, ingress: [{action: Allow, protocol: 6, destination: {ports: [80, '81', '1:5', http]}}]",
                "egress: [{action: Allow, protocol: ICMP, icmp: {type: 8, code: 0}, notICMP: {type: 3}}]",
                "ingress: [{action: Log, metadata: {annotations: {a: b}}}], types: [Ingress, Egress]",
                "ingress: [{action: Allow, source: {namespaceSelector: 'global( )', selector: has(a)}}]",
                "serviceAccountSelector: a == 'b', performanceHints: [AssumeNeededOnEveryNode]")) {
            assertThat(problems(object("np", spec, "projectcalico.org/v3"))).isEmpty();
        }
        assertThat(problems(object("set", "nets: [10.0.0.1, 10.0.0.1/24]", "projectcalico.org/v3")))
                .isEmpty();
    }

    private static String object(String kind, String spec, String apiVersion) {
        String[] words = kind.split(" ");
        String name = words.length > 1 ? words[1] : "p";
        String full = switch (words[0]) {
            case "np" -> "NetworkPolicy";
            case "gnp" -> "GlobalNetworkPolicy";
            case "tier" -> "Tier";
            default -> "GlobalNetworkSet";
        };
        return "{apiVersion: " + apiVersion + ", kind: " + full + ", metadata: {name: " + name + "}, spec: {" + spec
                + "}}";
    }

    private static String problems(String object) throws IOException {
        return load(object).problems().stream()
                .map(problem -> problem.toString().replaceAll("^.*?(?=spec\\.|metadata\\.)", ""))
                .collect(Collectors.joining("; "));
    }

    private static LoadedManifests load(String object) throws IOException {
        return Manifests.read(new ByteArrayInputStream(object.getBytes(StandardCharsets.UTF_8)));
    }
}
