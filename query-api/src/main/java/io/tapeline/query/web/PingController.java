package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the process answers. */
@RestController
@Tag(name = "Service")
public final class PingController {

    /** The answer. */
    public record Pong(String status) {}

    private static final Pong OK = new Pong("ok");

    @GetMapping("/ping")
    @Operation(operationId = "ping", summary = "Whether the service answers")
    public Pong ping() {
        return OK;
    }
}
