package dev.flowguard.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * Started once every condition has held at the same moment. What is lost again later makes the replica unready, not unstarted: the
 * kubelet would kill it for that.
 */
@Startup
@ApplicationScoped
class StartedCheck implements HealthCheck {
    private final Conditions conditions;
    private volatile boolean started;

    StartedCheck(Conditions conditions) {
        this.conditions = conditions;
    }

    @Override
    public HealthCheckResponse call() {
        started = started || Conditions.allHold(conditions.ask());
        return HealthCheckResponse.named("has been able to judge changes")
                .status(started)
                .build();
    }
}
