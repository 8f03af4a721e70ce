package dev.flowguard.health;

import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while every condition holds; the answer says of each what was found. */
@Readiness
class ReadyCheck implements HealthCheck {
    private final Conditions conditions;

    ReadyCheck(Conditions conditions) {
        this.conditions = conditions;
    }

    @Override
    public HealthCheckResponse call() {
        List<Conditions.Answer> answers = conditions.ask();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("can judge changes").status(Conditions.allHold(answers));
        for (Conditions.Answer answer : answers) {
            response.withData(answer.name(), answer.state().detail());
        }
        return response.build();
    }
}
