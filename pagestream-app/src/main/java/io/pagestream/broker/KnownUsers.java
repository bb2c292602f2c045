package io.pagestream.broker;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;

/**
 * Allows everything to the broker's own two users, and nothing to all others: a second line of
 * defense behind the authentication. Kafka creates it by name.
 */
public final class KnownUsers implements Authorizer {
  @Override
  public void configure(Map<String, ?> configs) {}

  /** Ready at once: there are no access control lists to load. */
  @Override
  public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
    return server.endpoints().stream()
        .collect(
            Collectors.toMap(
                endpoint -> endpoint, endpoint -> CompletableFuture.completedFuture(null)));
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext request, List<Action> actions) {
    AuthorizationResult result = of(request);
    return actions.stream().map(action -> result).toList();
  }

  @Override
  public AuthorizationResult authorizeByResourceType(
      AuthorizableRequestContext request, AclOperation operation, ResourceType type) {
    return of(request);
  }

  private static AuthorizationResult of(AuthorizableRequestContext request) {
    KafkaPrincipal principal = request.principal();
    return principal.getPrincipalType().equals(KafkaPrincipal.USER_TYPE)
            && BrokerAccess.USERS.contains(principal.getName())
        ? AuthorizationResult.ALLOWED
        : AuthorizationResult.DENIED;
  }

  @Override
  public List<? extends CompletionStage<AclCreateResult>> createAcls(
      AuthorizableRequestContext request, List<AclBinding> bindings) {
    throw noLists();
  }

  @Override
  public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
      AuthorizableRequestContext request, List<AclBindingFilter> filters) {
    throw noLists();
  }

  @Override
  public Iterable<AclBinding> acls(AclBindingFilter filter) {
    return List.of();
  }

  private static InvalidRequestException noLists() {
    return new InvalidRequestException("this broker has no access control lists");
  }

  @Override
  public void close() throws IOException {}

  @Override
  public int aclCount() {
    return 0;
  }
}
