package dev.flowguard.testing;

import dev.flowguard.cli.Flowguard;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command printed and ended with, in this process. Lines end as on Unix. */
public record CommandRun(int exitCode, String out, String err) {
    public static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        return new CommandRun(run(out, err, arguments), text(out), text(err));
    }

    /** With what went to standard error in its place among the output, as on a terminal. */
    public static CommandRun onTerminal(String... arguments) {
        StringWriter both = new StringWriter();
        return new CommandRun(run(both, both, arguments), text(both), "");
    }

    private static int run(StringWriter out, StringWriter err, String... arguments) {
        return Flowguard.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static String text(StringWriter written) {
        return written.toString().replace("\r\n", "\n");
    }
}
