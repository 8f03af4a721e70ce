package dev.flowguard.cli.trial;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The XML of JUnit, which every CI system shows as test results. */
final class TrialXml {
    private TrialXml() {}

    static void write(List<TrialSuite> suites, List<List<TrialOutcome>> outcomes, PrintWriter out) {
        out.print("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        for (int i = 0; i < suites.size(); i++) {
            suite(suites.get(i).file().toString(), outcomes.get(i), out);
        }
        out.print("</testsuites>\n");
    }

    private static void suite(String name, List<TrialOutcome> outcomes, PrintWriter out) {
        out.print("  <testsuite name=\"" + escaped(name) + "\" tests=\"" + outcomes.size() + "\" failures=\""
                + outcomes.stream().filter(outcome -> !outcome.passed()).count()
                + "\" errors=\"0\" skipped=\"0\" time=\""
                + seconds(outcomes.stream().mapToLong(TrialOutcome::millis).sum()) + "\">\n");
        for (TrialOutcome outcome : outcomes) {
            out.print("    <testcase classname=\"" + escaped(name) + "\" name=\""
                    + escaped(outcome.trial().name()) + "\" time=\"" + seconds(outcome.millis()) + "\"");
            if (outcome.passed()) {
                out.print("/>\n");
            } else {
                out.print(">\n      <failure message=\""
                        + escaped(outcome.failures().get(0)) + "\">" + escaped(String.join("\n", outcome.failures()))
                        + "</failure>\n    </testcase>\n");
            }
        }
        out.print("  </testsuite>\n");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    /** What XML cannot hold at all becomes a question mark. */
    private static String escaped(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
