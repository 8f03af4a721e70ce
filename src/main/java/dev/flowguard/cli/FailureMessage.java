package dev.flowguard.cli;

import dev.flowguard.config.BadInput;
import dev.flowguard.net.Plain;
import dev.flowguard.policy.Spelling;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How a command fails. What the user can mend is said in a sentence or two and ends with 2; anything else is a mistake of the
 * program, shows where it happened, and ends with 1.
 */
final class FailureMessage implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final int FAILED = 1;

    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        List<String> meant = meant(mistake, command);
        String what = Plain.lines(String.valueOf(mistake.getMessage()));
        err.println(meant.isEmpty() ? what : what.replaceFirst("\\.$", "") + "; did you mean " + meant.get(0) + "?");
        if (meant.isEmpty()) {
            UnmatchedArgumentException.printSuggestions(mistake, err);
        }
        err.println("`" + command.getCommandSpec().qualifiedName() + " --help` says what there is.");
        return BadInput.EXIT_CODE;
    }

    /** The option that was probably meant by one that does not exist; several are one as good as the other. */
    private static List<String> meant(ParameterException mistake, CommandLine command) {
        // That is how HelpCommand complains, on behalf of the command that it is a part of.
        if (mistake.getArgSpec() == null && mistake.getValue() != null) {
            return Spelling.nearest(mistake.getValue(), command.getSubcommands().keySet()).stream()
                    .toList();
        }
        if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
            return List.of();
        }
        return unmatched.getUnmatched().stream()
                .limit(1)
                .filter(argument -> argument.startsWith("-"))
                .flatMap(
                        argument -> Spelling.nearest(
                                argument.replaceFirst("=.*", ""),
                                command.getCommandSpec().optionsMap().keySet())
                                .stream())
                .toList();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof BadInput) {
            err.println(Plain.lines(String.valueOf(failure.getMessage())));
            return BadInput.EXIT_CODE;
        }
        err.println("This is a mistake in Flowguard. Please report it with what follows.");
        failure.printStackTrace(err);
        return FAILED;
    }
}
