package dev.flowguard.cli.explain;

import dev.flowguard.assess.repair.Inquiry;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.verdict.trace.Trace;
import dev.flowguard.wording.RepairWording;
import dev.flowguard.wording.TraceWording;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flowguard explain}: why one thing can, or cannot, reach another. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says whether one end can reach another and why: for both sides the policies that isolate it, each rule"
                    + " with why it matches or does not, and what nearly would have (\"almost\").",
            "Where it is blocked, the smallest rules follow that would let it through and nothing else, if there are"
                    + " any: they have been judged, and break no flow that is declared to stay blocked.",
            "An end is NAMESPACE/NAME of a workload, KIND/NAMESPACE/NAME (or, with -n, KIND/NAME) where that is"
                    + " ambiguous, or an IP address or block; --to may also be a Service, whose port is then followed to"
                    + " the pods behind it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:allowed",
            "1:blocked or undetermined, at least in part; or the program failed",
            "2:bad input: an option, a file or a folder that cannot be used, or not all of it"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flowguard explain --manifests deploy/demo \\",
            "    --from shop/storefront --to shop/orders --port 80",
            "  flowguard explain --manifests deploy/demo \\",
            "    --from shop/checkout --to kube-system/kube-dns --port 53/UDP",
            "  flowguard explain --manifests deploy/demo \\",
            "    --from shop/checkout --to 203.0.113.10 --port 443"
        })
public final class Explain implements Callable<Integer> {
    private static final int NOT_ALLOWED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--from", paramLabel = "END", required = true, description = "Who sends.")
    @SuppressWarnings("NullAway.Init")
    private String from;

    @Option(names = "--to", paramLabel = "END", required = true, description = "Who is to be reached.")
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Option(
            names = "--port",
            paramLabel = "N[/PROTO]",
            description =
                    "The port, by number or name, and TCP, UDP or SCTP (default: TCP). Towards a Service it is the"
                            + " Service's; it may be left out for all that the Service has.")
    private @Nullable String port;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "The namespace of names without one.")
    @SuppressWarnings("NullAway.Init")
    private String namespace;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default) or json.")
    @SuppressWarnings("NullAway.Init")
    private Format format;

    /** How the answer is written. */
    @SuppressWarnings("checkstyle:ConstantName")
    enum Format {
        text,
        json
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<PortQuestion> ports = Stream.ofNullable(port)
                .map(text -> PortQuestion.parse(AskedBy.COMMAND, text))
                .toList();
        Snapshot snapshot = cluster.snapshot(err);
        Inquiry inquiry = new Inquiry(snapshot);
        EndNames names = new EndNames(snapshot, cluster.only(namespace));
        Question question = new Question(
                AskedBy.COMMAND, inquiry, senders(snapshot, names.find("--from", from)), names.find("--to", to), ports);
        List<Trace> traces = question.ask();
        Optional<Repair> repair = inquiry.repair(traces, question.flow());
        List<DeclaredFlow> forbidding = repair.map(inquiry::forbidding).orElse(List.of());
        question.notes().forEach(note -> err.println("note: " + note));
        if (format == Format.json) {
            out.println(new ExplainJson(inquiry).of(traces, repair, forbidding));
        } else {
            new TraceWording(inquiry).of(traces).forEach(lines -> out.println(String.join("\n", lines)));
            inquiry.implied(traces).stream()
                    .map(flow -> "needed: " + flow.contract().source())
                    .distinct()
                    .forEach(out::println);
            remedy(repair, forbidding).forEach(out::println);
        }
        out.flush();
        return traces.stream().allMatch(trace -> trace.verdict().answer().isYes()) ? 0 : NOT_ALLOWED;
    }

    private static List<String> remedy(Optional<Repair> repair, List<DeclaredFlow> forbidding) {
        return forbidding.isEmpty()
                ? repair.map(RepairWording::ofAsked).orElse(List.of())
                : List.of(RepairWording.forbidden(forbidding));
    }

    /** A Service sends as the pods behind it do. */
    private static NamedEnd senders(Snapshot cluster, NamedEnd named) {
        return named.ends().isEmpty() ? ServicePods.behind(cluster, named) : named;
    }
}
