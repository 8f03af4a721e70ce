package dev.flowguard.admission.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.fabric8.kubernetes.api.model.GroupVersionKind;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lets a review stream by, and keeps of it only what an answer without a verdict needs. Nothing is made from what streams by, so that
 * a body may be of any shape: what its objects would weigh is known before the first of them is there.
 */
final class ReviewScan {
    private static final JsonFactory JSON = new JsonFactory();

    /** Where the API server is done with saying what a review is about. */
    private static final String OBJECTS = "/request/object /request/oldObject /request/options ";

    private final WorkLimit limit;
    private final boolean onlyHead;
    private final AdmissionRequest request = new AdmissionRequest();
    private final GroupVersionKind kind = new GroupVersionKind();
    private final Deque<Level> open = new ArrayDeque<>();
    private String excess = "";
    private long tokens;

    /** An object or a list that is being read, with the way to it, as far as that is of interest. */
    private static final class Level {
        private final String path;
        private final boolean isList;
        private String field = "";
        private int entries;

        private Level(String path, boolean isList) {
            this.path = path;
            this.isList = isList;
        }
    }

    private ReviewScan(WorkLimit limit, boolean onlyHead) {
        this.limit = limit;
        this.onlyHead = onlyHead;
        request.setKind(kind);
    }

    /**
     * All of it, or up to the limit that it goes beyond and the uid.
     *
     * @throws IOException where it is not JSON
     */
    static ReviewOutline whole(byte[] body, WorkLimit limit) throws IOException {
        return new ReviewScan(limit, false).read(body);
    }

    /** What stands before the objects, as far as there is sense in it: the API server writes its uid and namespace there. */
    static ReviewOutline head(byte[] body, WorkLimit limit) {
        ReviewScan scan = new ReviewScan(limit, true);
        try {
            return scan.read(body);
        } catch (IOException e) {
            // Whoever reads the whole of it will say what is wrong.
            return scan.outline();
        }
    }

    private ReviewOutline read(byte[] body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            boolean goesOn = true;
            while (goesOn) {
                JsonToken token = json.nextToken();
                goesOn = token != null && take(token, json);
            }
        } catch (StreamConstraintsException e) {
            exceeds("beyond all measure");
        }
        return outline();
    }

    private ReviewOutline outline() {
        return new ReviewOutline(request, tokens, excess);
    }

    /** @return whether there is more to learn */
    private boolean take(JsonToken token, JsonParser json) throws IOException {
        if (++tokens > limit.tokens()) {
            exceeds("over " + limit.tokens() + " JSON tokens");
        }
        Level level = open.peek();
        if (token == JsonToken.FIELD_NAME) {
            count(level);
            return level == null || name(level, json.currentName());
        }
        if (level != null && level.isList && !token.isStructEnd()) {
            count(level);
        }
        if (token.isStructStart()) {
            open.push(new Level(path(level), token == JsonToken.START_ARRAY));
            if (open.size() > limit.depth()) {
                exceeds("nested over " + limit.depth() + " levels");
            }
        } else if (token.isStructEnd()) {
            open.poll();
        } else if (level != null && open.size() <= 3) {
            keep(path(level), token, json);
        }
        return !open.isEmpty() && (excess.isEmpty() || request.getUid() == null);
    }

    /** @return whether what follows is of interest */
    private boolean name(Level level, String name) {
        level.field = name;
        boolean hasHead = onlyHead && open.size() == 2 && OBJECTS.contains(path(level) + " ");
        return !hasHead || request.getUid() == null;
    }

    private void count(@Nullable Level level) {
        if (level != null && ++level.entries > limit.items()) {
            exceeds("over " + limit.items() + " items in a list");
        }
    }

    private void exceeds(String what) {
        if (excess.isEmpty()) {
            excess = what;
        }
    }

    /** Below the third level nothing is of interest, and a path would only cost. */
    private String path(@Nullable Level level) {
        return level == null || open.size() > 3 ? "" : level.path + "/" + level.field;
    }

    private void keep(String path, JsonToken token, JsonParser json) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            keep(path, json.getText());
        } else if (path.equals("/request/dryRun") && token.isBoolean()) {
            request.setDryRun(token == JsonToken.VALUE_TRUE);
        }
    }

    private void keep(String path, String text) {
        switch (path) {
            case "/request/uid" -> request.setUid(text);
            case "/request/namespace" -> request.setNamespace(text);
            case "/request/name" -> request.setName(text);
            case "/request/operation" -> request.setOperation(text);
            case "/request/kind/group" -> kind.setGroup(text);
            case "/request/kind/version" -> kind.setVersion(text);
            case "/request/kind/kind" -> kind.setKind(text);
            default -> {}
        }
    }
}
