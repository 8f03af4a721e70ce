package dev.flowguard.feed;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a folder is not to be read, with all that is below it: files and folders of a name, wherever they are ({@code testdata}), or at a
 * path from the folder that is read ({@code test/*.yaml}).
 */
public final class Exclusions {
    private final Map<String, PathMatcher> patterns = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    /** @throws IllegalArgumentException with a sentence, if one is no pattern */
    public Exclusions(List<String> patterns) {
        for (String pattern : patterns) {
            String path = pattern.replaceFirst("^\\./", "").replaceFirst("/+$", "");
            this.patterns.put(pattern, FileSystems.getDefault().getPathMatcher("glob:" + path));
        }
    }

    static Exclusions none() {
        return new Exclusions(List.of());
    }

    /** @param path from the folder that is read */
    boolean exclude(Path path) {
        boolean excluded = false;
        for (Map.Entry<String, PathMatcher> pattern : patterns.entrySet()) {
            boolean matches =
                    pattern.getValue().matches(path) || pattern.getValue().matches(path.getFileName());
            if (matches) {
                used.add(pattern.getKey());
                excluded = true;
            }
        }
        return excluded;
    }

    /** The patterns that nothing was left out by. */
    public List<String> unused() {
        return patterns.keySet().stream()
                .filter(pattern -> !used.contains(pattern))
                .toList();
    }
}
