package dev.flowguard.view.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** What a browser must know to be answered: made anew at every start, and part of every path. */
record PageToken(String value) {
    private static final int BYTES = 24;

    static PageToken random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new PageToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** In a time that tells nothing about the token. */
    boolean is(String other) {
        return MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Never in a log by accident. */
    @Override
    public String toString() {
        return "PageToken";
    }
}
