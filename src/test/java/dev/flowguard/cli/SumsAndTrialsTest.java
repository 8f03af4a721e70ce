package dev.flowguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SumsAndTrialsTest {
    private static final String DEMO = Path.of("deploy/demo").toAbsolutePath().toString();

    @Nested
    @DisplayName("connections --by")
    class Sums {
        @Test
        @DisplayName("namespace has a line for each two namespaces, with all ports that are open between them")
        void namespaces() {
            CommandRun run = CommandRun.of("connections", "-f", DEMO, "--by", "namespace", "--cni", "calico");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsPattern("(?m)^shop +data +2 +TCP 5432$");
            assertThat(run.out().lines()).doesNotHaveDuplicates().hasSizeLessThan(40);
        }

        @Test
        @DisplayName("owner has a line for those who reach the same, and tells as many connections as the list")
        void owners() {
            CommandRun run = CommandRun.of("connections", "-f", DEMO, "--by", "owner");
            assertThat(run.out())
                    .containsPattern("(?m)^data/backup, shop/nightly-report, shop/orders +data/postgres +3 ");
        }

        @Test
        @DisplayName("cannot be drawn")
        void drawn() {
            CommandRun run = CommandRun.of("connections", "-f", DEMO, "--by", "owner", "-o", "dot");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("a summary is text or json");
        }
    }

    @Nested
    @DisplayName("exposure")
    class OfNewPods {
        @Test
        @DisplayName(
                "tells that everything reaches a new pod where nothing denies by default, and nothing where it does")
        void denied() {
            assertThat(CommandRun.of("exposure", "-f", DEMO, "-n", "monitoring").out())
                    .containsPattern("0\\.0\\.0\\.0/0.* +monitoring/a-new-pod +\\d+ +everything");
            assertThat(CommandRun.of("exposure", "-f", DEMO, "-n", "data").out())
                    .doesNotContainPattern("(?m) data/a-new-pod .*TCP 5432");
        }

        @Test
        @DisplayName("gives the new pod the labels that are asked for")
        void labels() {
            assertThat(CommandRun.of("exposure", "-f", DEMO, "-n", "data", "-l", "app=postgres")
                            .out())
                    .containsPattern("(?m) data/a-new-pod +.*TCP 5432");
            CommandRun wrong = CommandRun.of("exposure", "-f", DEMO, "-l", "a=b c");
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.err()).contains("is not a label value");
        }
    }

    @Nested
    @DisplayName("test")
    class Trials {
        @TempDir
        @SuppressWarnings("NullAway.Init")
        private Path folder;

        @Test
        @DisplayName("passes on the demo's tests, in text and in JUnit's XML")
        void demo() throws Exception {
            CommandRun run = CommandRun.of("test", "deploy/demo/tests");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).endsWith("5 tests: all as expected\n");
            Document xml = xml(
                    CommandRun.of("test", "deploy/demo/tests", "-o", "junit").out());
            assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(5);
            assertThat(xml.getElementsByTagName("failure").getLength()).isZero();
        }

        @Test
        @DisplayName("fails where a decision, a flow or a finding is another than expected, and says which")
        void failing() throws Exception {
            given("""
                tests:
                - {name: "a <b>", change: CHANGES/06-typo-in-peer.yaml, expect: admitted}
                - {name: flows, change: CHANGES/06-typo-in-peer.yaml, expect: rejected, flows: [other], findings: []}
                """.replace("CHANGES", DEMO + "/changes"));
            CommandRun run = CommandRun.of("test", folder.toString(), "-f", DEMO);
            assertThat(run.exitCode()).isOne();
            assertThat(run.out())
                    .contains(
                            "FAIL  a <b>\n      expected admitted, was rejected: breaks 1 declared flow",
                            "flow other was expected to be broken, and is not",
                            "flow shop/orders/checkout-calls-orders is broken, which was not expected",
                            "finding peer-matches-nothing is told, which was not expected",
                            "2 tests: 2 not as expected");
            Document xml = xml(CommandRun.of("test", folder.toString(), "-f", DEMO, "-o", "junit")
                    .out());
            assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(2);
        }

        @Test
        @DisplayName("names mistakes in the file, and what was meant")
        void mistakes() throws IOException {
            given("tests: [{name: a, chnage: b.yaml, expect: reject}]");
            CommandRun run = CommandRun.of("test", folder.toString());
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains(
                            "there is no field chnage; did you mean \"change\"?",
                            "has neither change nor delete",
                            "\"reject\" is not one of admitted, warned, rejected; did you mean \"rejected\"?");
        }

        private void given(String suite) throws IOException {
            Files.writeString(folder.resolve("flowguard-test.yaml"), suite);
        }

        private static Document xml(String text) throws Exception {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)));
        }
    }
}
