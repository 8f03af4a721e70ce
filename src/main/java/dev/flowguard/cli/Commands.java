package dev.flowguard.cli;

import dev.flowguard.cli.check.Check;
import dev.flowguard.cli.connections.CompareConnections;
import dev.flowguard.cli.connections.Exposure;
import dev.flowguard.cli.connections.ListConnections;
import dev.flowguard.cli.explain.Explain;
import dev.flowguard.cli.plan.PlanRollout;
import dev.flowguard.cli.serve.Serve;
import dev.flowguard.cli.trial.RunTrials;
import dev.flowguard.cli.view.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.HelpCommand;

/**
 * The commands by name, in the order in which help lists them. Reading the options of all takes longer than most commands work, so
 * only the one that is asked for is made wherever the arguments leave no doubt.
 */
final class Commands {
    private static final String CONFIG = "--config";
    private static final String SERVE = "serve";
    private static final String COMPLETION = "completion";
    private static final String COMPLETE = "__complete";
    private static final String HELP = "help";

    private static final List<String> NAMES = List.of(
            SERVE,
            "check",
            "explain",
            "connections",
            "exposure",
            "diff",
            "plan",
            "suggest",
            "view",
            "test",
            "findings",
            COMPLETION,
            COMPLETE,
            HELP);

    /** They tell about the others. */
    private static final List<String> ABOUT_ALL = List.of(COMPLETION, HELP);

    private Commands() {}

    static Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        NAMES.forEach(name -> all.put(name, make(name)));
        return all;
    }

    /** Whether these start the server, which ends in an orderly way, and in its own time. */
    static boolean isServer(String... arguments) {
        return name(arguments).equals(SERVE);
    }

    private static String name(String... arguments) {
        int at = 0;
        while (at < arguments.length && arguments[at].startsWith(CONFIG)) {
            at += arguments[at].equals(CONFIG) ? 2 : 1;
        }
        return at < arguments.length ? arguments[at] : "";
    }

    /** The only one that these can be about, or else all. */
    static Map<String, Object> neededFor(String... arguments) {
        String name = name(arguments);
        return NAMES.contains(name) && !ABOUT_ALL.contains(name) ? Map.of(name, make(name)) : all();
    }

    private static Object make(String name) {
        return switch (name) {
            case SERVE -> new Serve();
            case "check" -> new Check();
            case "explain" -> new Explain();
            case "connections" -> new ListConnections();
            case "exposure" -> new Exposure();
            case "diff" -> new CompareConnections();
            case "plan" -> new PlanRollout();
            case "suggest" -> new Suggest();
            case "view" -> new View();
            case "test" -> new RunTrials();
            case "findings" -> new ListFindings();
            case COMPLETION -> new Completion();
            case COMPLETE -> new Complete();
            case HELP -> new HelpCommand();
            default -> throw new IllegalArgumentException("There is no command " + name);
        };
    }
}
