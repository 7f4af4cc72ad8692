package io.hubmesh.api.document;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.web.CreatesOnce;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Has springdoc read the endpoints as they are written, and adds what types do not tell. */
@Configuration(proxyBeanMethods = false)
class Describing {

    private static final String API = "/api/v1/";
    private static final int LONGEST_KEY = 128;

    @Bean
    OpenAPI openApiFrame() {
        return Frame.of();
    }

    @Bean
    Finish openApiFinish() {
        return new Finish(Summaries.read());
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE) // the others are asked first
    ModelResolver modelResolver(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper(), new SchemaNames()).openapi31(true);
    }

    /** Endpoints that write their answer themselves stand in plain controllers; they belong to the API, too. */
    @Bean
    SmartInitializingSingleton everyEndpoint(RequestMappingHandlerMapping requestMappingHandlerMapping) {
        return () -> {
            Class<?>[] controllers = requestMappingHandlerMapping.getHandlerMethods().entrySet().stream()
                    .filter(mapping ->
                            mapping.getKey().getPatternValues().stream().anyMatch(path -> path.startsWith(API)))
                    .map(mapping -> mapping.getValue().getBeanType())
                    .distinct()
                    .toArray(Class<?>[]::new);
            SpringDocUtils.getConfig().addRestControllers(controllers).addRequestWrapperToIgnore(Subject.class);
            for (Class<?> id : List.of(AccountId.class, GroupId.class, ResourceId.class)) {
                SpringDocUtils.getConfig().replaceWithSchema(id, new StringSchema().format("uuid"));
            }
        };
    }

    @Bean
    GlobalOperationCustomizer operations() {
        return Describing::describe;
    }

    private static Operation describe(Operation operation, HandlerMethod handler) {
        operation.setTags(List.of(Rooms.of(handler.getBeanType())));
        operation.setSummary(Summaries.words(handler.getMethod().getName()));
        ApiResponses responses = operation.getResponses();
        boolean created = handler.hasMethodAnnotation(PostMapping.class)
                && handler.getMethod().getReturnType() == ResponseEntity.class;
        ApiResponse ok = responses.get("200");
        if (created && ok != null) {
            responses.remove("200");
            responses.addApiResponse(
                    Integer.toString(HttpStatus.CREATED.value()), ok.description("It is there; Location names it."));
        }
        if (handler.hasMethodAnnotation(CreatesOnce.class)) {
            operation.addParametersItem(new HeaderParameter()
                    .name(CreatesOnce.HEADER)
                    .description("The same request with the same key, within a day, is done once and answered again.")
                    .schema(new StringSchema().minLength(1).maxLength(LONGEST_KEY)));
        }
        return operation;
    }
}
