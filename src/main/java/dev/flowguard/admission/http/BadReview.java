package dev.flowguard.admission.http;

import jakarta.ws.rs.core.Response;

/** The body of a request is no AdmissionReview that can be answered. It carries a sentence for whoever sent it. */
public final class BadReview extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Response.Status status;
    private final String sentence;

    /** Answered with 400. */
    BadReview(String sentence) {
        this(Response.Status.BAD_REQUEST, sentence);
    }

    BadReview(Response.Status status, String sentence) {
        super(sentence);
        this.status = status;
        this.sentence = sentence;
    }

    Response.Status status() {
        return status;
    }

    String sentence() {
        return sentence;
    }
}
