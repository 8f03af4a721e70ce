package dev.flowguard.edge;

/** Why a request is turned away before anybody looks at what it asks. */
enum Refusal {
    METHOD(405, "MethodNotAllowed", "This method is not answered here."),
    PATH(
            404,
            "NotFound",
            "There is nothing here: a path is written in lower-case letters, digits and hyphens, and in one way."),
    LENGTH(400, "BadRequest", "The Content-Length is not a number.");

    private final int code;
    private final String reason;
    private final String sentence;

    Refusal(int code, String reason, String sentence) {
        this.code = code;
        this.reason = reason;
        this.sentence = sentence;
    }

    int code() {
        return code;
    }

    /** A Status of Kubernetes, as JSON. Nothing of what was sent is in it. */
    String body() {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\""
                + sentence + "\",\"reason\":\"" + reason + "\",\"code\":" + code + "}";
    }
}
