package io.pagestream.dashboard.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.pagestream.cases.text.HostileText;
import io.pagestream.dashboard.api.Json;
import io.pagestream.dashboard.query.BadQuestion;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.Responsible;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The response to a failed request: JSON, without internal details. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final String NOTHING = "not found";
  private static final int MOST_MESSAGE = 400;

  private Failures() {}

  static void register(RoutesConfig routes) {
    routes.exception(
        BadQuestion.class, (e, context) -> tell(context, HttpStatus.BAD_REQUEST, e.getMessage()));
    routes.exception(
        PagestreamException.class,
        (e, context) -> {
          boolean asked = e.code().responsible() == Responsible.USER;
          if (!asked) {
            LOG.warn("a request to the dashboard failed", e);
          }
          tell(
              context,
              asked ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR,
              e.getMessage());
        });
    routes.exception(
        HttpResponseException.class,
        (e, context) -> {
          boolean ours = !String.valueOf(e.getMessage()).startsWith("Endpoint ");
          tell(context, HttpStatus.forStatus(e.getStatus()), ours ? e.getMessage() : NOTHING);
        });
    routes.exception(
        UncheckedIOException.class, (e, context) -> LOG.debug("a client has disconnected", e));
    routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.error("a request to the dashboard failed", e);
          tell(context, HttpStatus.INTERNAL_SERVER_ERROR, "internal error; see the log");
        });
    routes.error(
        HttpStatus.NOT_FOUND.getCode(),
        "*",
        context -> {
          if (!isJson(context)) {
            tell(context, HttpStatus.NOT_FOUND, NOTHING);
          }
        });
  }

  private static boolean isJson(Context context) {
    String type = context.res().getContentType();
    return type != null && type.startsWith("application/json");
  }

  private static void tell(Context context, HttpStatus status, @Nullable String message) {
    context.status(status);
    String text = message == null ? status.getMessage() : message;
    Json.send(context, Map.of("error", HostileText.printable(text, MOST_MESSAGE)));
  }
}
