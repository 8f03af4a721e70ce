package dev.flowguard.health;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Says in the log when a replica that was not ready at its start has become so, and what it found. */
@Singleton
public class ReadyNotice {
    private static final Logger LOG = Logger.getLogger(ReadyNotice.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Conditions conditions;

    ReadyNotice(Conditions conditions) {
        this.conditions = conditions;
    }

    /** Returns at once; says nothing where all holds already. */
    public void follow() {
        if (!Conditions.allHold(conditions.ask())) {
            Thread waiting = new Thread(this::await, "flowguard-ready-notice");
            waiting.setDaemon(true);
            waiting.start();
        }
    }

    private void await() {
        try {
            List<Conditions.Answer> answers = conditions.ask();
            while (!Conditions.allHold(answers)) {
                Thread.sleep(PAUSE.toMillis());
                answers = conditions.ask();
            }
            LOG.infof("Ready to judge changes. %s", text(answers));
        } catch (InterruptedException e) {
            LOG.debug("Stopped before it was ready");
        }
    }

    static String text(List<Conditions.Answer> answers) {
        return answers.stream()
                .map(answer -> answer.name() + ": " + answer.state().detail())
                .collect(Collectors.joining("; "));
    }
}
