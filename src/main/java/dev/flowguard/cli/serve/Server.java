package dev.flowguard.cli.serve;

import dev.flowguard.admission.rehearsal.Rehearsal;
import dev.flowguard.health.ReadyNotice;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The running server: Quarkus calls it when everything has started. */
@Singleton
@Unremovable
public final class Server implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(Server.class);

    private final Rehearsal rehearsal;
    private final StartMessage message;
    private final ReadyNotice notice;
    private final ServedPage page;

    Server(Rehearsal rehearsal, StartMessage message, ReadyNotice notice, ServedPage page) {
        this.rehearsal = rehearsal;
        this.message = message;
        this.notice = notice;
        this.page = page;
    }

    @Override
    public int run(String... args) throws InterruptedException {
        rehearsal.await();
        LOG.info(message.text(page.start()));
        notice.follow();
        Quarkus.waitForExit();
        return 0;
    }
}
