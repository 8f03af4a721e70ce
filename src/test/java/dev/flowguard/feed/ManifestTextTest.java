package dev.flowguard.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.flowguard.cluster.object.ServiceEntry;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTextTest {
    @Nested
    @DisplayName("Objects are found")
    class Found {
        @Test
        @DisplayName("in every document, each with its place; comments and blanks are no documents")
        void documents() {
            assertThat(objects("""
                # a comment

                ---
                # another
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}
                --- # and here comes a pod
                apiVersion: v1
                kind: Pod
                metadata:
                  name: a
                  namespace: shop
                ...
                ---
                ---
                {apiVersion: v1, kind: Node, metadata: {name: n1}}
                """))
                    .containsExactly(
                            "f.yaml, document 1, line 6: Namespace shop",
                            "f.yaml, document 2, line 10: Pod shop/a",
                            "f.yaml, document 3, line 18: Node n1");
        }

        @Test
        @DisplayName("after YAML's directives, and with the line ends of Windows")
        void directives() {
            assertThat(objects("%YAML 1.1\r\n---\r\napiVersion: v1\r\nkind: Node\r\nmetadata:\r\n  name: n1\r\n"))
                    .containsExactly("f.yaml, document 1, line 3: Node n1");
        }

        @Test
        @DisplayName("in lists, whose items may leave their kind to a list of one kind")
        void lists() {
            assertThat(objects("""
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: a}
                - apiVersion: networking.k8s.io/v1
                  kind: NetworkPolicyList
                  items:
                  - metadata: {name: p, namespace: shop}
                    spec: {podSelector: {}}
                ---
                apiVersion: v1
                kind: PodList
                items: null
                """))
                    .containsExactly(
                            "f.yaml, document 1, line 4: Pod default/a",
                            "f.yaml, document 1, line 10: NetworkPolicy shop/p");
        }

        @Test
        @DisplayName("in JSON, with tabs, and with one object right after the other as jq writes them")
        void json() {
            assertThat(objects("""
                {
                \t"apiVersion": "v1", "kind": "Node",
                \t"metadata": {"name": "n1", "annotations": {"a": "}{ \\" \\/ \\ud83d\\ude00"}}
                }
                {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n2"}}

                {"apiVersion": "v1",
                 "kind": "Node", "metadata": {"name": "n3"}}\
                """))
                    .containsExactly(
                            "f.yaml, document 1, line 1: Node n1",
                            "f.yaml, document 2, line 5: Node n2",
                            "f.yaml, document 3, line 7: Node n3");
        }

        @Test
        @DisplayName("with anchors, aliases and merges written out")
        void anchors() {
            LoadedManifests loaded = load("""
                apiVersion: v1
                kind: Service
                metadata:
                  name: &name orders
                  labels: &labels {app: orders, team: a}
                spec:
                  selector:
                    <<: *labels
                    team: b
                    name: *name
                """);
            assertThat(loaded.problems()).isEmpty();
            assertThat(loaded.observations().get(0).facts())
                    .singleElement(InstanceOfAssertFactories.type(ServiceEntry.class))
                    .satisfies(service -> assertThat(service.selector())
                            .containsOnly(entry("app", "orders"), entry("team", "b"), entry("name", "orders")));
        }

        @Test
        @DisplayName("N8: with a generateName as many, though they look as if they had one name")
        void yetToBeNamed() {
            LoadedManifests loaded = load("""
                {apiVersion: v1, kind: Pod, metadata: {generateName: a-, labels: {x: '1'}}}
                ---
                {apiVersion: v1, kind: Pod, metadata: {generateName: a-, labels: {x: '2'}}}
                """);
            assertThat(loaded.notes()).isEmpty();
            assertThat(loaded.observations()).singleElement().satisfies(observation -> {
                assertThat(observation.object()).hasToString("Pod default/a-*");
                assertThat(observation.facts()).hasSize(2);
            });
        }

        @Test
        @DisplayName("with their annotations")
        void annotations() {
            assertThat(load("{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {b: c}}}")
                            .objects())
                    .singleElement()
                    .satisfies(object -> assertThat(object.annotations()).containsEntry("b", "c"));
        }

        @Test
        @DisplayName("and counted by their kind where that is not read")
        void notRead() {
            LoadedManifests loaded = load("""
                {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: yes}}
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
                ---
                {apiVersion: example.com/v1, kind: Widget, metadata: {name: c}}
                """);
            assertThat(loaded.notReadByKind()).hasToString("{ConfigMap=2, Widget.example.com=1}");
            assertThat(loaded.problems()).isEmpty();
        }
    }

    @Nested
    @DisplayName("A problem is told")
    class Problems {
        @Test
        @DisplayName("with file, document, line and field")
        void place() {
            assertThat(problems("""
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: b
                  labels:
                    app: yes
                """))
                    .containsExactly(
                            "f.yaml, document 2, line 10: metadata.labels.app: expected a string, found the boolean"
                                    + " true (an unquoted y, yes or on is a boolean in YAML): put it in quotes");
        }

        @Test
        @DisplayName("in the items of lists, with the way there")
        void inLists() {
            assertThat(problems("""
                apiVersion: v1
                kind: List
                items:
                - apiVersion: networking.k8s.io/v1
                  kind: NetworkPolicy
                  metadata: {name: a}
                  spec:
                    ingress:
                    - from:
                      - podSelector: {}
                      - {}
                - nonsense
                """))
                    .containsExactly(
                            "f.yaml, document 1, line 11: items[0].spec.ingress[0].from[1]: is empty: it must have a"
                                    + " podSelector, a namespaceSelector or an ipBlock; for anybody at all leave the whole"
                                    + " list out",
                            "f.yaml, document 1, line 12: items[1]: is no object: expected a mapping with apiVersion,"
                                    + " kind and metadata");
        }

        @Test
        @DisplayName("at the place of the nearest field that is there, if a field is missing")
        void missingField() {
            assertThat(problems("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: a
                spec:
                  replicas: 1
                """))
                    .containsExactly(
                            "f.yaml, document 1, line 5: spec.template: is missing: a Deployment needs a template for"
                                    + " its pods");
        }

        @Test
        @DisplayName("where an alias leads")
        void aliased() {
            assertThat(problems("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: a}
                spec:
                  podSelector: &all
                    matchLabels: {app: 1}
                  ingress:
                  - from:
                    - podSelector:
                        <<: *all
                """))
                    .containsExactly(
                            "f.yaml, document 1, line 6: spec.podSelector.matchLabels.app: expected a string, found the"
                                    + " number 1: put it in quotes",
                            "f.yaml, document 1, line 6: spec.ingress[0].from[0].podSelector.matchLabels.app: expected"
                                    + " a string, found the number 1: put it in quotes");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            just text                | line 1: is no object: expected a mapping with apiVersion, kind and metadata
            - a                      | line 1: is no object: expected a mapping with apiVersion, kind and metadata
            replicas: 3              | line 1: has neither apiVersion nor kind: expected a Kubernetes object, which states both
            a: b: c                  | line 1: is not YAML: mapping values are not allowed here
            a: "b                    | line 1: is not YAML: while scanning a quoted scalar, found unexpected end of stream
            a: "\\UFFFFFFFF"         | line 1: is not YAML: has an escape (\\U) that stands for no character
            a: *b                    | line 1: is not YAML: found undefined alias b
            a: {{ .Values.b }}       | line 1: a: has a key that is no text: put it in quotes; if this is a template, read what it renders to
            a: {{ .Values.b }} c     | line 1: is not YAML: while parsing a block mapping, expected <block end>, but found '<scalar>'; if this is a template, read what it renders to
            {a: 1, a: 2}             | line 1: a: is written twice, first in line 1: keep one of them
            {1: 1, '1': 2}           | line 1: 1: is written twice, first in line 1: keep one of them
            {~: 1}                   | line 1: has a key that is no text: put it in quotes
            &a {b: *a}               | line 1: b: contains itself by an alias: write out what is meant
            &a {<<: *a}              | line 1: contains itself by an alias: write out what is meant
            {<<: [1]}                | line 1: merges (<<) something that is no mapping: merge only mappings
            """)
        @DisplayName("for a document that is no object, or no YAML")
        void syntax(String text, String expected) {
            assertThat(problems(text)).containsExactly("f.yaml, document 1, " + expected);
        }

        @Test
        @DisplayName("for every document, since a mistake in one hides none in another")
        void everyDocument() {
            assertThat(problems("a: b: c\n---\na:\n\tb: c\n---\nreplicas: 1\n"))
                    .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                    .containsExactly(
                            "f.yaml, document 1, line 1", "f.yaml, document 2, line 4", "f.yaml, document 3, line 6");
        }

        @Test
        @DisplayName("for a quoted text without end, naming where it begins")
        void unfinished() {
            assertThat(problems("a: 1\nb: 'c\nd: 2\n"))
                    .containsExactly(
                            "f.yaml, document 1, line 4: is not YAML: while scanning a quoted scalar that begins in"
                                    + " line 2, found unexpected end of stream");
        }

        @Test
        @DisplayName("for a character that YAML does not allow, without printing it")
        void character() {
            assertThat(problems("a: 1\nb: \u0007\n"))
                    .containsExactly(
                            "f.yaml, document 1, line 2: is not YAML: the character \"\\u0007\" is not allowed");
        }

        @Test
        @DisplayName("for a few lines that grow beyond all bounds")
        void billionLaughs() {
            StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
            for (int i = 1; i < 20; i++) {
                text.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d]\n"
                        .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1));
            }
            assertThat(problems(text.toString()))
                    .singleElement()
                    .asString()
                    .contains("grows to more than 1000000 values by its aliases: write out what is meant");
        }

        @Test
        @DisplayName("for nesting deeper than any object has")
        void nesting() {
            assertThat(problems("[".repeat(100_000)))
                    .containsExactly("f.yaml, document 1, line 1: is not YAML: nested more than 200 levels deep");
        }
    }

    @Test
    @DisplayName("Many uses of one anchor are no attack")
    void manyAliases() {
        StringBuilder text =
                new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nx: &x {a: b}\ny:\n");
        text.append("- *x\n".repeat(5_000));
        assertThat(problems(text.toString())).isEmpty();
    }

    @Test
    @DisplayName("A merge counts where it stands, and of several merged mappings the first, as for kubectl")
    void mergeOrder() {
        LoadedManifests loaded = load("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: a
              annotations:
                before: own
                <<: [{before: first, both: first}, {both: second, after: second}]
                after: own
            """);
        assertThat(loaded.objects().get(0).annotations())
                .containsEntry("before", "first")
                .containsEntry("both", "first")
                .containsEntry("after", "own");
    }

    private static LoadedManifests load(String text) {
        ManifestText manifests = new ManifestText();
        manifests.read("f.yaml", text);
        return manifests.loaded(1, List.of(), Rewriting.NONE);
    }

    private static List<String> objects(String text) {
        LoadedManifests loaded = load(text);
        assertThat(loaded.problems()).isEmpty();
        return loaded.objects().stream()
                .map(object -> object.position() + ": " + object.ref())
                .toList();
    }

    private static List<String> problems(String text) {
        return load(text).problems().stream().map(ManifestProblem::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b: |-",
                "b: |-\n",
                "a:\n  b: |-",
                "a:\n  b: |-\n",
                "a:\r\n  b: |\r\n",
                "a:\n  b: >+ # nothing yet\n",
                "a:\n  b: |-\nc: d\n",
                "a:\n  b: |-\n  c: d\n",
                "a:\n  b: |-\n\n  c: d\n",
                "a:\n  - b: |-\n  - c: d\n",
                "a:\n- |\n",
                "b:\tc\td\n",
                "b: c\t# d\n",
                "b: [c,\td]\n",
            })
    @DisplayName("What kubectl takes for YAML is YAML: empty block scalars, and tabs between tokens")
    void odd(String data) {
        String text = "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n" + data;
        ManifestText manifests = new ManifestText();
        manifests.read("a.yaml", text);
        LoadedManifests loaded = manifests.loaded(1, List.of(), Rewriting.NONE);
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.objects()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ta: b\n", "a:\n\tb: c\n", "a:\n  b: |-\n       \n    c\n"})
    @DisplayName("What kubectl does not take stays a mistake")
    void oddMistakes(String data) {
        ManifestText manifests = new ManifestText();
        manifests.read("a.yaml", "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n" + data);
        assertThat(manifests.loaded(1, List.of(), Rewriting.NONE).problems()).isNotEmpty();
    }
}
