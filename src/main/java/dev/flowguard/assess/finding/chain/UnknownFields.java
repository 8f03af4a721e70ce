package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.finding.diagnosis.CommonKinds;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.chain.PolicySource;
import java.util.Optional;
import java.util.stream.Stream;

/** Fields that the kind does not have, or that this version does not know. */
final class UnknownFields implements ChainDiagnosis {
    @Override
    public FindingKind kind() {
        return CommonKinds.UNKNOWN_FIELD;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        return policy.as(PolicySource.class)
                .flatMap(source -> source.allUnknownFields().stream()
                        .distinct()
                        .map(path ->
                                remark(path, Optional.ofNullable(source.meant().get(path)))));
    }

    private static Remark remark(String path, Optional<String> near) {
        String meant = near.map(word -> "; did you mean " + word + "?").orElse("");
        String name = path.substring(path.lastIndexOf('.') + 1);
        return Remark.of(
                CommonKinds.UNKNOWN_FIELD,
                path,
                "No field of that name is known there. An API server drops what its version of the kind does not have; of what it"
                        + " has, verdicts that depend on it are undetermined.",
                (path.startsWith("spec.") ? path.substring("spec.".length()) : path) + " is no field" + meant,
                name + " is no field" + meant,
                "a field is not known");
    }
}
