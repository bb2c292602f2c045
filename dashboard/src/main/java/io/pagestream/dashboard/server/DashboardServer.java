package io.pagestream.dashboard.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.sse.SseHandler;
import io.pagestream.dashboard.api.CompareApi;
import io.pagestream.dashboard.api.CoverageApi;
import io.pagestream.dashboard.api.CsvApi;
import io.pagestream.dashboard.api.EntropyApi;
import io.pagestream.dashboard.api.EventsApi;
import io.pagestream.dashboard.api.FacetsApi;
import io.pagestream.dashboard.api.FindingsApi;
import io.pagestream.dashboard.api.MapApi;
import io.pagestream.dashboard.api.NotesApi;
import io.pagestream.dashboard.api.OverviewApi;
import io.pagestream.dashboard.api.PageApi;
import io.pagestream.dashboard.connection.ConnectionWatch;
import io.pagestream.dashboard.guard.AccessToken;
import io.pagestream.dashboard.guard.Guard;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.dashboard.query.FindingQuery;
import io.pagestream.dashboard.source.CaseSource;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Set;

/** The dashboard's HTTP server: only routes. */
public final class DashboardServer implements AutoCloseable {
  private static final Set<String> NONE = Set.of();
  private static final long MOST_BODY_BYTES = 64 * 1024;

  private final ConnectionWatch connections = new ConnectionWatch();
  private final String ticket = AccessToken.random();
  private final DashboardSettings settings;
  private final EventsApi events;
  private final Javalin javalin;

  private DashboardServer(CaseSource source, DashboardSettings settings) {
    this.settings = settings;
    this.events = new EventsApi(source.progress());
    DashboardFiles files = new DashboardFiles();
    Guard guard =
        new Guard(
            settings.token().map(AccessToken::new).orElse(null),
            new AccessToken(ticket),
            settings.isLoopback(),
            settings.keyStore().isPresent(),
            Set.copyOf(files.paths()));
    this.javalin =
        Javalin.create(config -> {
          limits(config);
          Listening.configure(config, settings, connections);
          config.routes.before(guard::check);
          config.routes.post(
              "/login",
              context ->
                  guard.login().withToken(context, c -> files.send(c, DashboardFiles.LOGIN_AGAIN)));
          config.routes.post("/open", guard.login()::withTicket);
          files.paths().forEach(path -> config.routes.get(path, c -> files.send(c, path)));
          api(config.routes, source, events);
          Failures.register(config.routes);
        });
  }

  /**
   * Starts serving a case.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if the port is in use or the address is not
   *     an address of this machine
   */
  public static DashboardServer start(CaseSource source, DashboardSettings settings) {
    DashboardServer server = new DashboardServer(source, settings);
    try {
      server.javalin.start();
      return server;
    } catch (PagestreamException e) {
      server.close();
      throw e;
    } catch (RuntimeException e) {
      server.close();
      throw PagestreamException.of(
              ErrorCode.USAGE,
              "cannot listen on %s:%d: %s"
                  .formatted(settings.listen(), settings.port(), e.getMessage()),
              "choose another --port (0 for any free port) or --listen")
          .causedBy(e);
    }
  }

  private static void limits(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = MOST_BODY_BYTES;
    config.http.prefer405over404 = true;
    config.http.generateEtags = false;
  }

  private static void api(RoutesConfig routes, CaseSource source, EventsApi events) {
    FindingsApi findings = new FindingsApi(source.store(), source.notes());
    NotesApi notes = new NotesApi(source.notes());
    ask(routes, "/api/overview", NONE, new OverviewApi(source)::overview);
    ask(routes, "/api/events", NONE, new SseHandler(events::listen));
    ask(routes, "/api/findings", FindingsApi.PARAMETERS, findings::list);
    ask(
        routes,
        "/api/findings.csv",
        FindingQuery.PARAMETERS,
        new CsvApi(source.store(), source.notes())::download);
    ask(routes, "/api/findings/{id}", NONE, findings::one);
    ask(
        routes,
        "/api/facets",
        FindingQuery.PARAMETERS,
        new FacetsApi(source.store(), source.notes())::facets);
    ask(routes, "/api/map", MapApi.PARAMETERS, new MapApi(source.store())::map);
    ask(
        routes,
        "/api/entropy",
        EntropyApi.PARAMETERS,
        new EntropyApi(source.store(), source.images())::entropy);
    ask(
        routes,
        "/api/page",
        PageApi.PARAMETERS,
        new PageApi(source.store(), source.images())::page);
    ask(routes, "/api/compare", CompareApi.PARAMETERS, new CompareApi(source.store())::compare);
    ask(routes, "/api/coverage", CoverageApi.PARAMETERS, new CoverageApi(source.store())::coverage);
    ask(routes, "/api/notes", NONE, notes::all);
    routes.put("/api/notes/{id}", Asked.only(NONE, notes::put));
    routes.put("/api/alerts", Asked.only(NONE, notes::alerts));
  }

  private static void ask(RoutesConfig routes, String path, Set<String> names, Handler answer) {
    routes.get(path, Asked.only(names, answer));
  }

  /** The address of the dashboard, without the token. */
  public String url() {
    return url(settings.listen());
  }

  /**
   * The address for a browser on this machine: the wildcard address cannot be used in a browser.
   */
  public String localUrl() {
    boolean all = settings.listen().equals("0.0.0.0") || settings.listen().equals("::");
    return url(all ? "localhost" : settings.listen());
  }

  private String url(String address) {
    String scheme = settings.keyStore().isPresent() ? "https" : "http";
    String host = address.contains(":") ? "[" + address + "]" : address;
    return "%s://%s:%d/".formatted(scheme, host, port());
  }

  /**
   * The ticket that the local file that opens the dashboard sends to {@code /open}: a secret of
   * this run, known to every user who may read that file.
   */
  public String ticket() {
    return ticket;
  }

  /** The port in use. */
  public int port() {
    return javalin.port();
  }

  /** Stops the server and ends open event streams. */
  @Override
  public void close() {
    events.close();
    connections.close();
    javalin.stop();
  }
}
