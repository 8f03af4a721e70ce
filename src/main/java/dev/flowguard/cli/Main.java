package dev.flowguard.cli;

import dev.flowguard.config.BadInput;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the program starts. */
@QuarkusMain
public final class Main {
    private Main() {}

    /** What ends the memory is what was put in, and not a verdict. */
    static int run(String... args) {
        try {
            return Flowguard.commandLineFor(args).execute(args);
        } catch (OutOfMemoryError | StackOverflowError tooLarge) {
            System.err.println("What was given is too large for this program's memory (" + tooLarge.getMessage()
                    + "): leave out what is not needed, or give it more (java -Xmx…)");
            return BadInput.EXIT_CODE;
        }
    }

    public static void main(String... args) {
        int code = run(args);
        if (Commands.isServer(args)) {
            System.exit(code);
        }
        // A command has nothing to put away at its end. The orderly way out would first look through all jars for
        // somebody to log it.
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
