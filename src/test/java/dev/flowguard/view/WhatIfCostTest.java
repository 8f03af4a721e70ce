package dev.flowguard.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flowguard.cli.view.LargeCluster;
import dev.flowguard.cli.view.PageOfDemo;
import dev.flowguard.view.http.Api.Call;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a change would do, on a cluster of 5 000 pods,")
class WhatIfCostTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MANY = 167;
    private static final int FEW = 4;
    private static final int TRIES = 8;

    private static PageApi cluster(Path folder, int namespaces) throws IOException {
        Path written = Files.createDirectory(folder.resolve("of-" + namespaces));
        LargeCluster.write(written, namespaces);
        return PageOfDemo.api(written.toString());
    }

    private static WhatIf ask(PageApi api, String text) {
        return (WhatIf) api.answer(new Call("POST", "what-if", Map.of(), json(Map.of("text", text))))
                .orElseThrow();
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Nanoseconds that this thread has worked: others on the machine take none of them. */
    private static long work() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    @DisplayName(
            "costs what the change concerns: a small part of drawing the map, and no more bytes than on a small one")
    void cost(@TempDir Path folder) throws IOException {
        PageApi large = cluster(folder, MANY);
        PageApi small = cluster(folder, FEW);
        assertThat(MANY * LargeCluster.PER_NAMESPACE).isGreaterThanOrEqualTo(5_000);
        long start = work();
        Object map = large.answer(new Call("GET", "map", Map.of(), "")).orElseThrow();
        long drawing = work() - start;
        small.prepare();

        long answering = IntStream.range(0, TRIES)
                .mapToLong(number -> {
                    long before = work();
                    json(ask(large, LargeCluster.change("team-1", "t9" + number)));
                    return work() - before;
                })
                .min()
                .orElseThrow();
        String change = LargeCluster.change("team-1", "nobody");
        WhatIf answer = ask(large, change);
        assertThat(answer.lostInAll()).isEqualTo(36);
        assertThat(answer.broken()).hasSize(1);
        assertThat(answer.patch().whole()).isFalse();
        assertThat(answer.patch().ends()).as("those that the policy selects").hasSize(6);
        assertThat(json(answer).length())
                .isLessThan(json(map).length() / 50)
                .isCloseTo(json(ask(small, change)).length(), Offset.offset(20));
        assertThat(answering).as("of %d ns for the map", drawing).isLessThan(drawing / 8);
    }
}
