package dev.flowguard.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.policy.PolicyReader;
import dev.flowguard.policy.PolicyRef;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A NetworkPolicy object is read")
class PolicyReaderTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            I2  | {podSelector: {}}                                       | * ingress[]
            I2  | {}                                                      | * ingress[]
            I3  | {egress: []}                                            | * ingress[]
            I3  | {policyTypes: [], egress: []}                           | * ingress[]
            I3  | {policyTypes: null, egress: null}                       | * ingress[]
            I4  | {egress: [{}]}                                          | * ingress[] egress[* : *]
            I4  | {egress: [null]}                                        | * ingress[] egress[* : *]
            I5  | {policyTypes: [Egress], ingress: [{}]}                  | * (ingress[* : *]) egress[]
            I5  | {policyTypes: [Ingress], egress: [{}]}                  | * ingress[] (egress[* : *])
            I6  | {policyTypes: [Ingress, Ingress]}                       | * ingress[]
            I6  | {policyTypes: [Egress, Ingress]}                        | * ingress[] egress[]
            I7  | {policyTypes: [Ingress], ingress: []}                   | * ingress[]
            I7  | {policyTypes: [Ingress]}                                | * ingress[]
            I8  | {ingress: [{}]}                                         | * ingress[* : *]
            I9  | {ingress: [{from: []}]}                                 | * ingress[* : *]
            I9  | {ingress: [{from: null, ports: [{port: 80}]}]}          | * ingress[* : 80/TCP]
            I9  | {policyTypes: [Egress], egress: [{to: []}]}             | * egress[* : *]
            I17 | {podSelector: {}}                                       | * ingress[]
            I18 | {policyTypes: [Ingress]}                                | * ingress[]
            I18 | {podSelector: null}                                     | * ingress[]
            I19 | {podSelector: {matchLabels: {}, matchExpressions: []}}  | * ingress[]
            """)
    void isolation(String id, String spec, String expected) {
        assertThat(read(spec)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            P1  | {podSelector: {matchLabels: {app: a}}}                                      | pods app=a
            P2  | {namespaceSelector: {matchLabels: {env: a}}}                                | namespaces env=a pods *
            P3  | {namespaceSelector: {matchLabels: {env: a}}, podSelector: {matchLabels: {app: a}}} | namespaces env=a pods app=a
            P5  | {namespaceSelector: {}}                                                     | namespaces * pods *
            P6  | {podSelector: {}}                                                           | pods *
            P7  | {namespaceSelector: {}, podSelector: {}}                                    | namespaces * pods *
            P10 | {podSelector: {matchExpressions: [{key: a, operator: NotIn, values: [x]}]}} | pods a!=x
            P11 | {podSelector: {matchLabels: {b: '2', a: '1'}, matchExpressions: [{key: c, operator: Exists}]}} | pods a=1,b=2,c
            P12 | {podSelector: {matchExpressions: [{key: a, operator: In, values: [y, x]}]}} | pods a in (x,y)
            P12 | {podSelector: {matchExpressions: [{key: a, operator: DoesNotExist, values: []}]}} | pods !a
            P14 | {namespaceSelector: null, podSelector: {}}                                  | pods *
            P14 | {namespaceSelector: {}, podSelector: null}                                  | namespaces * pods *
            P14 | {podSelector: {matchLabels: {a: null}}}                                     | pods a=
            B1  | {ipBlock: {cidr: 10.0.0.0/8}}                                               | 10.0.0.0/8
            B2  | {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}}           | 10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/16
            B7  | {ipBlock: {cidr: '::/0'}}                                                   | ::/0
            B8  | {ipBlock: {cidr: 8.8.8.1/24}}                                               | 8.8.8.0/24
            B8  | {ipBlock: {cidr: 010.001.0.0/16}}                                           | 10.1.0.0/16
            B8  | {ipBlock: {cidr: '::ffff:10.0.0.0/104', except: [10.1.0.0/16]}}             | 10.0.0.0/8 except 10.1.0.0/16
            """)
    void peers(String id, String peer, String expected) {
        assertThat(read("{ingress: [{from: [" + peer + "]}]}")).isEqualTo("* ingress[" + expected + " : *]");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Q1  | null                                  | *
            Q1  | []                                    | *
            Q2  | [{}]                                  | any/TCP
            Q2  | [null]                                | any/TCP
            Q3  | [{protocol: UDP}]                     | any/UDP
            Q4  | [{port: 80}]                          | 80/TCP
            Q6  | [{port: 80, endPort: 90}]             | 80-90/TCP by endPort
            Q6  | [{port: 80, endPort: 80}]             | 80/TCP by endPort
            Q10 | [{port: dns}]                         | dns/TCP
            Q17 | [{port: 80, protocol: SCTP}]          | 80/SCTP
            Q1  | [{port: 80}, {port: 53, protocol: UDP}] | 80/TCP,53/UDP
            """)
    void ports(String id, String ports, String expected) {
        assertThat(read("{ingress: [{ports: " + ports + "}]}")).isEqualTo("* ingress[* : " + expected + "]");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            spec              | {podSelectr: {}}                                     | * ingress[] unknown [spec.podSelectr]
            podSelector       | {podSelector: {matchFields: {}}}                     | * ingress[] unknown [spec.podSelector.matchFields]
            requirement       | {podSelector: {matchExpressions: [{key: a, operator: Exists, mode: x}]}} | a ingress[] unknown [spec.podSelector.matchExpressions[0].mode]
            rule              | {ingress: [{form: []}]}                              | * ingress[* : * unknown [spec.ingress[0].form]]
            peer, with others | {ingress: [{from: [{podSelector: {}, kind: x}]}]}    | * ingress[pods * : * unknown [spec.ingress[0].from[0].kind]]
            peer, nothing else | {egress: [{to: [{podSelector: {}}, {fqdns: [a.b]}]}]} | * ingress[] egress[pods * or ?[spec.egress[0].to[1].fqdns] : * unknown [spec.egress[0].to[1].fqdns]]
            selector of peer  | {ingress: [{from: [{namespaceSelector: {names: [a]}}]}]} | * ingress[namespaces * pods * : * unknown [spec.ingress[0].from[0].namespaceSelector.names]]
            ipBlock           | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, asn: 1}}]}]} | * ingress[10.0.0.0/8 : * unknown [spec.ingress[0].from[0].ipBlock.asn]]
            port              | {ingress: [{ports: [{port: 80, service: x}]}]}       | * ingress[* : ?[spec.ingress[0].ports[0].service] unknown [spec.ingress[0].ports[0].service]]
            other rule        | {ingress: [{form: []}, {}]}                          | * ingress[* : * unknown [spec.ingress[0].form], * : *]
            """)
    @DisplayName("with fields of the future, which are kept by their path and never taken for nothing")
    void unknownFields(String where, String spec, String expected) {
        assertThat(read(spec)).isEqualTo(expected);
    }

    @Test
    @DisplayName("with unknown fields beside its spec, but not with the status that the API once had")
    void unknownFieldsBesideTheSpec() {
        assertThat(readObject("{metadata: {name: a}, status: {conditions: []}}"))
                .isEqualTo("* ingress[]");
        assertThat(readObject("{metadata: {name: a}, sepc: {}}")).isEqualTo("* ingress[] unknown [sepc]");
    }

    @ParameterizedTest(name = "P16: {0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {name: a, namespace: shop}  | shop/a
            {name: a}                   | default/a
            {name: a, namespace: ''}    | default/a
            {generateName: a-}          | default/a-*
            """)
    void names(String metadata, String expected) {
        NetworkPolicy object = Given.object(
                NetworkPolicy.class,
                "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: " + metadata + "}");
        PolicyRef ref = PolicyReader.read(object).match(valid -> valid.policy().ref(), invalid -> invalid.ref());
        assertThat(ref).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            I6  | {policyTypes: [Ingress, Egress, Ingress]} | spec.policyTypes: has 3 entries: list Ingress and Egress at most once each
            I6  | {policyTypes: [ingress]}                  | spec.policyTypes[0]: "ingress" is not one of Ingress, Egress; did you mean "Ingress"?
            I6  | {policyTypes: [null]}                     | spec.policyTypes[0]: is missing: expected one of Ingress, Egress
            I10 | {ingress: [{from: [{}]}]}                 | spec.ingress[0].from[0]: is empty: it must have a podSelector, a namespaceSelector or an ipBlock; for anybody at all leave the whole list out
            I10 | {egress: [{to: [null]}]}                  | spec.egress[0].to[0]: is empty: it must have a podSelector, a namespaceSelector or an ipBlock; for anybody at all leave the whole list out
            P8  | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]}       | spec.ingress[0].from[0]: has an ipBlock and a selector: make them two entries of the list, which admits either (one entry cannot ask for both)
            P8  | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, namespaceSelector: {}}]}]} | spec.ingress[0].from[0]: has an ipBlock and a selector: make them two entries of the list, which admits either (one entry cannot ask for both)
            P12 | {podSelector: {matchExpressions: [{key: a, operator: in, values: [x]}]}} | spec.podSelector.matchExpressions[0].operator: "in" is not one of In, NotIn, Exists, DoesNotExist; did you mean "In"?
            P12 | {podSelector: {matchExpressions: [{key: a}]}}                           | spec.podSelector.matchExpressions[0].operator: is missing: expected one of In, NotIn, Exists, DoesNotExist
            P12 | {podSelector: {matchExpressions: [{key: a, operator: In}]}}             | spec.podSelector.matchExpressions[0].values: the operator In needs at least one value: list one, or use Exists or DoesNotExist
            P12 | {podSelector: {matchExpressions: [{key: a, operator: NotIn, values: []}]}} | spec.podSelector.matchExpressions[0].values: the operator NotIn needs at least one value: list one, or use Exists or DoesNotExist
            P12 | {podSelector: {matchExpressions: [{key: a, operator: Exists, values: [x]}]}} | spec.podSelector.matchExpressions[0].values: the operator Exists takes no values: leave them out, or use In or NotIn
            P12 | {podSelector: {matchLabels: {'a b': x}}}  | spec.podSelector.matchLabels["a b"]: "a b" is not a label key: expected 1 to 63 letters, digits, "-", "_" and ".", the first and last a letter or digit
            P12 | {podSelector: {matchLabels: {app: 'x y'}}} | spec.podSelector.matchLabels.app: "x y" is not a label value: expected at most 63 letters, digits, "-", "_" and ".", the first and last a letter or digit
            P12 | {podSelector: {matchExpressions: [{operator: Exists}]}} | spec.podSelector.matchExpressions[0].key: "" is not a label key: expected 1 to 63 letters, digits, "-", "_" and ".", the first and last a letter or digit
            P12 | {podSelector: {matchExpressions: [{key: a, operator: In, values: [ok, -x]}]}} | spec.podSelector.matchExpressions[0].values[1]: "-x" is not a label value: expected at most 63 letters, digits, "-", "_" and ".", the first and last a letter or digit
            Q5  | {ingress: [{ports: [{port: 0}]}]}         | spec.ingress[0].ports[0].port: 0 is not a port: expected a number from 1 to 65535
            Q5  | {ingress: [{ports: [{port: 65536}]}]}     | spec.ingress[0].ports[0].port: 65536 is not a port: expected a number from 1 to 65535
            Q5  | {ingress: [{ports: [{port: -1}]}]}        | spec.ingress[0].ports[0].port: -1 is not a port: expected a number from 1 to 65535
            Q7  | {ingress: [{ports: [{endPort: 90}]}]}     | spec.ingress[0].ports[0].endPort: needs port, the first of the range: add it
            Q7  | {ingress: [{ports: [{port: http, endPort: 90}]}]} | spec.ingress[0].ports[0].endPort: cannot follow a named port: leave it out, or write the port as a number
            Q7  | {ingress: [{ports: [{port: 80, endPort: 79}]}]}   | spec.ingress[0].ports[0].endPort: 79 is below port 80: a range runs upwards, swap the two
            Q7  | {ingress: [{ports: [{port: 80, endPort: 65536}]}]} | spec.ingress[0].ports[0].endPort: 65536 is not a port: expected a number from 1 to 65535
            Q19 | {ingress: [{ports: [{port: '80'}]}]}      | spec.ingress[0].ports[0].port: "80" is not a port name: expected at least one letter; a number is written without quotes
            Q19 | {ingress: [{ports: [{port: Http}]}]}      | spec.ingress[0].ports[0].port: "Http" is not a port name: expected 1 to 15 lower-case letters, digits and single "-" between them, at least one a letter
            Q19 | {ingress: [{ports: [{port: a--b}]}]}      | spec.ingress[0].ports[0].port: "a--b" is not a port name: expected 1 to 15 lower-case letters, digits and single "-" between them, at least one a letter
            Q18 | {ingress: [{ports: [{protocol: ICMP}]}]}  | spec.ingress[0].ports[0].protocol: "ICMP" is not one of TCP, UDP, SCTP
            Q18 | {ingress: [{ports: [{protocol: udp}]}]}   | spec.ingress[0].ports[0].protocol: "udp" is not one of TCP, UDP, SCTP; did you mean "UDP"?
            B3  | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}]} | spec.ingress[0].from[0].ipBlock.except[0]: 11.0.0.0/16 does not lie strictly inside 10.0.0.0/8: except a smaller block within it, or leave the entry out
            B3  | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}]}  | spec.ingress[0].from[0].ipBlock.except[0]: 10.0.0.0/8 does not lie strictly inside 10.0.0.0/8: except a smaller block within it, or leave the entry out
            B3  | {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: ['::/16']}}]}]}     | spec.ingress[0].from[0].ipBlock.except[0]: ::/16 does not lie strictly inside 10.0.0.0/8: except a smaller block within it, or leave the entry out
            B8  | {ingress: [{from: [{ipBlock: {}}]}]}      | spec.ingress[0].from[0].ipBlock.cidr: is missing: expected an address block such as 192.0.2.0/24 or 2001:db8::/32
            B12 | {ingress: [{from: [{ipBlock: {cidr: 10.1/16}}]}]} | spec.ingress[0].from[0].ipBlock.cidr: "10.1/16" is not an address block: expected something like 192.0.2.0/24 or 2001:db8::/32
            B12 | {ingress: [{from: [{ipBlock: {cidr: 10.1.0.0}}]}]} | spec.ingress[0].from[0].ipBlock.cidr: "10.1.0.0" is not an address block: for that one address write 10.1.0.0/32
            """)
    @DisplayName("and refused with the field and the remedy where the API server would refuse it")
    void refused(String id, String spec, String expected) {
        assertThat(problems("{metadata: {name: a}, spec: " + spec + "}")).containsExactly(expected);
    }

    @Test
    @DisplayName("and all its mistakes are listed at once, each with its place")
    void allMistakes() {
        assertThat(problems("""
                metadata: {name: Orders, namespace: my_shop}
                spec:
                  podSelector: {matchLabels: {app: 'a/b'}}
                  policyTypes: [Ingres]
                  ingress:
                  - from: [{podSelector: {}}, {}]
                    ports: [{port: 0}, {port: 80, protocol: Tcp}]
                  egress:
                  - to: [{ipBlock: {cidr: nonsense}}]
                """))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        "metadata.name",
                        "metadata.namespace",
                        "spec.podSelector.matchLabels.app",
                        "spec.policyTypes[0]",
                        "spec.ingress[0].from[1]",
                        "spec.ingress[0].ports[0].port",
                        "spec.ingress[0].ports[1].protocol",
                        "spec.egress[0].to[0].ipBlock.cidr");
    }

    private static String read(String spec) {
        return readObject("{metadata: {name: a}, spec: " + spec + "}");
    }

    private static String readObject(String yaml) {
        return PolicyReader.read(Given.object(NetworkPolicy.class, yaml))
                .match(valid -> PolicyText.of(valid.policy()), invalid -> "refused: " + invalid.problems());
    }

    private static List<String> problems(String yaml) {
        return PolicyReader.read(Given.object(NetworkPolicy.class, yaml))
                .match(
                        valid -> List.of(),
                        invalid -> invalid.problems().stream()
                                .map(FieldProblem::toString)
                                .toList());
    }
}
