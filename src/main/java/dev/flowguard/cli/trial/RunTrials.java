package dev.flowguard.cli.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flowguard.cli.check.Check;
import dev.flowguard.config.BadInput;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flowguard test}: changes are judged as expected, or not. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Judges changes and compares the decisions with those that are expected, by the files flowguard-test.yaml in a"
                    + " folder and its subfolders:",
            "",
            "  manifests: [..]         # the cluster, relative to the file",
            "  tests:",
            "  - name: a misspelt label is refused",
            "    change: changes/typo.yaml   # or a list; delete: KIND/NS/NAME",
            "    expect: rejected            # warned, admitted",
            "    flows: [checkout-calls-orders]      # newly broken, if given",
            "    findings: [peer-matches-nothing]    # told, if given"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every change is judged as expected",
            "1:one is not, or the program failed",
            "2:bad input: an option, a file or a folder that cannot be used"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flowguard test deploy/demo/tests",
            "  flowguard test policies -o junit > results.xml",
            "  flowguard test policies --context staging"
        })
public final class RunTrials implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "DIR", description = "Folders or files with tests (default: this folder).")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = {"-f", "--manifests"},
            paramLabel = "DIR",
            description = "What the cluster is, in place of what the files say; as for check.")
    private List<String> manifests = new ArrayList<>();

    @Option(
            names = {"-R", "--recursive"},
            description = "Include the subfolders of --manifests.")
    private boolean recursive;

    @Option(names = "--context", paramLabel = "NAME", description = "Judge against this live cluster; as for check.")
    private @Nullable String context;

    @Option(names = "--cni", paramLabel = "NAME", description = "The network plugin; as for check.")
    private @Nullable String cni;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default) or junit, the XML that CI systems show as test results.")
    @SuppressWarnings("NullAway.Init")
    private Format format;

    /** How the results are written. */
    @SuppressWarnings("checkstyle:ConstantName")
    enum Format {
        text,
        junit
    }

    @Override
    public Integer call() {
        List<TrialSuite> suites = suites();
        List<List<TrialOutcome>> outcomes = suites.stream()
                .map(suite -> suite.trials().stream().map(this::outcome).toList())
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.junit) {
            TrialXml.write(suites, outcomes, out);
        } else {
            text(outcomes.stream().flatMap(List::stream).toList(), out);
        }
        out.flush();
        return outcomes.stream().flatMap(List::stream).allMatch(TrialOutcome::passed) ? 0 : 1;
    }

    private List<TrialSuite> suites() {
        List<Path> folders = paths.isEmpty() ? List.of(Path.of("")) : paths;
        folders.stream().filter(path -> !Files.exists(path)).forEach(path -> {
            throw new BadInput(path + ": there is no such file or folder");
        });
        List<Path> files = folders.stream()
                .flatMap(path -> TrialSuite.files(path).stream())
                .distinct()
                .toList();
        if (files.isEmpty()) {
            throw new BadInput("There is no " + TrialSuite.FILE + " in "
                    + String.join(
                            ", ",
                            folders.stream()
                                    .map(path -> path.toString().isEmpty() ? "this folder" : path.toString())
                                    .toList())
                    + "; `flowguard test --help` shows one");
        }
        return files.stream().map(file -> TrialSuite.read(file, cluster())).toList();
    }

    private List<String> cluster() {
        List<String> options = new ArrayList<>();
        manifests.forEach(folder -> options.addAll(List.of("-f", folder)));
        Stream.ofNullable(context).forEach(name -> options.addAll(List.of("--context", name)));
        if (recursive) {
            options.add("-R");
        }
        Stream.ofNullable(cni).forEach(name -> options.addAll(List.of("--cni", name)));
        return options;
    }

    /** By the command itself, so that a test says of a change what everybody is told who asks. */
    private TrialOutcome outcome(Trial trial) {
        long start = System.nanoTime();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine root = spec.root().commandLine();
        int exitCode = new CommandLine(new Check())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(root.getExecutionExceptionHandler())
                .setParameterExceptionHandler(root.getParameterExceptionHandler())
                .execute(Stream.concat(trial.arguments().stream(), Stream.of("-o", "json"))
                        .toArray(String[]::new));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (exitCode == BadInput.EXIT_CODE || out.toString().isBlank()) {
            return new TrialOutcome(trial, millis, List.of(err.toString().strip()));
        }
        try {
            return TrialOutcome.of(trial, millis, JSON.readTree(out.toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("check printed no JSON", e);
        }
    }

    private static void text(List<TrialOutcome> outcomes, PrintWriter out) {
        for (TrialOutcome outcome : outcomes) {
            out.print((outcome.passed() ? "ok    " : "FAIL  ") + outcome.trial().name() + "\n");
            outcome.failures().forEach(failure -> out.print("      " + failure.replace("\n", "\n      ") + "\n"));
        }
        long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
        out.print(outcomes.size() + (outcomes.size() == 1 ? " test: " : " tests: ")
                + (failed == 0 ? "all as expected" : failed + " not as expected") + "\n");
    }
}
