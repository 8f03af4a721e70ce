package dev.flowguard.kubernetes.field;

import dev.flowguard.policy.LabelSyntax;
import dev.flowguard.policy.Labels;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads labels. */
public final class LabelReader {
    private final Notes notes;

    public LabelReader(Notes notes) {
        this.notes = notes;
    }

    public Labels read(@Nullable Map<String, String> labels, FieldPath path) {
        SortedMap<String, String> present = Absent.asEmpty(labels);
        present.forEach((key, value) -> read(key, value, path.field(key)));
        return Labels.of(present);
    }

    public void read(String key, String value, FieldPath path) {
        notes.isRight(path, LabelSyntax.mistakeInKey(key));
        notes.isRight(path, LabelSyntax.mistakeInValue(value));
    }
}
