package io.hubmesh.api.document;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Goes over the whole document once it is read: ids, summaries, errors, tags in order. */
class Finish implements GlobalOpenApiCustomizer {

    /** Path variables that hold a UUID and are text in the code, so that a wrong one is answered 404. */
    private static final Set<String> UUIDS = Set.of("id", "group", "token", "upload", "session");

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final Map<String, String> summaries;

    Finish(Map<String, String> summaries) {
        this.summaries = summaries;
    }

    @Override
    public void customise(OpenAPI document) {
        Set<String> rooms = new TreeSet<>();
        document.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
            rooms.addAll(operation.getTags());
            describe(path, method, operation);
        }));
        document.setTags(rooms.stream().map(Rooms::tag).toList());
        Bodies.tell(document.getPaths());
    }

    private void describe(String path, PathItem.HttpMethod method, Operation operation) {
        operation.setOperationId(idOf(path, method));
        String summary = summaries.get(method + " " + path);
        if (summary != null) {
            operation.setSummary(summary);
        }
        addPathVariables(path, operation);
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(Finish::describe);
        }
        operation
                .getResponses()
                .addApiResponse("default", new ApiResponse().$ref("#/components/responses/" + Frame.PROBLEM));
    }

    /** An endpoint that does not look at a variable of its path has one all the same. */
    private static void addPathVariables(String path, Operation operation) {
        Matcher variables = VARIABLE.matcher(path);
        while (variables.find()) {
            String name = variables.group(1);
            List<Parameter> known = operation.getParameters();
            if (known == null || known.stream().noneMatch(parameter -> name.equals(parameter.getName()))) {
                operation.addParametersItem(new PathParameter().name(name).schema(new StringSchema()));
            }
        }
    }

    private static void describe(Parameter parameter) {
        if ("path".equals(parameter.getIn()) && UUIDS.contains(parameter.getName())) {
            parameter.setSchema(new StringSchema().format("uuid"));
        }
    }

    /** Stable while the path is: {@code get-resources-id-children}. */
    private static String idOf(String path, PathItem.HttpMethod method) {
        List<String> words = List.of(path.substring("/api/v1/".length()).split("[^A-Za-z0-9]+"));
        return method.name().toLowerCase(Locale.ROOT) + "-" + String.join("-", words);
    }
}
