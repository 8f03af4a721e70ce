package dev.flowguard.cli.input;

import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.config.BadInput;
import dev.flowguard.wiring.Settings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say how strictly, and in whose name, is judged. */
public final class DecisionOptions {
    private static final String ADMINISTRATOR = "kubernetes-admin";

    @Option(
            names = "--findings",
            paramLabel = "ID=LEVEL",
            description = "What findings may do: Off, Warn or Deny, separated by commas or by repeating the option;"
                    + " `flowguard findings` lists them, all stands for every one. They are put over"
                    + " flowguard.findings of the configuration. One whose level is Deny makes the check fail.")
    private List<String> findings = new ArrayList<>();

    @Option(
            names = "--as",
            paramLabel = "USER",
            defaultValue = ADMINISTRATOR,
            description = "Judge changes as requests of this user (default: ${DEFAULT-VALUE}, whoever you are to a live"
                    + " cluster).")
    @SuppressWarnings("NullAway.Init")
    private String user;

    @Option(
            names = "--as-group",
            paramLabel = "GROUP",
            description = "A group of that user; may be repeated (default: system:masters, if --as is not given).")
    private List<String> groups = new ArrayList<>();

    public DecisionSettings settings() {
        DecisionSettings configured = Settings.decisions(SharedConfig.read());
        FindingLevels.Reading chosen = configured.findings().with(String.join(",", findings));
        if (!chosen.problems().isEmpty()) {
            throw new BadInput("--findings: " + String.join("; ", chosen.problems()));
        }
        return configured.with(chosen.levels());
    }

    public Requester requester() {
        boolean isDefault = groups.isEmpty() && user.equals(ADMINISTRATOR);
        return new Requester(user, isDefault ? List.of("system:masters") : groups);
    }
}
