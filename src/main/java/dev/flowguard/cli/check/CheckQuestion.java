package dev.flowguard.cli.check;

import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.DecisionOptions;
import java.io.PrintWriter;

/**
 * What {@code check} looks at, how strictly, and of what it tells.
 *
 * @param err for what deserves a word beside the answer
 */
record CheckQuestion(ClusterOptions cluster, DecisionOptions decisions, Focus focus, PrintWriter err) {}
