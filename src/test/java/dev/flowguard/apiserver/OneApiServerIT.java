package dev.flowguard.apiserver;

import org.junit.jupiter.api.DisplayName;

@DisplayName("In the second that matters, with one API server")
class OneApiServerIT extends SecondThatMatters {
    OneApiServerIT() {
        super(1);
    }
}
