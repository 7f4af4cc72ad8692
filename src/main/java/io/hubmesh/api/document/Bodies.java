package io.hubmesh.api.document;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.function.Consumer;

/** What endpoints that read or write bytes themselves do not tell by their types. */
final class Bodies {

    private static final String BYTES = "application/octet-stream";
    private static final String TUS_BYTES = "application/offset+octet-stream";

    private static final Map<String, Consumer<Operation>> TOLD = Map.of(
            "GET /api/v1/resources/{id}/content", Bodies::content,
            "GET /api/v1/mesh/leases/{lease}/chunks/{index}",
                    operation -> answers(operation, "200", "The chunk's bytes.", BYTES),
            "GET /api/v1/experiments/parts/{part}/content",
                    operation -> answers(operation, "200", "The file's bytes.", BYTES),
            "GET /api/v1/mesh/socket", Bodies::socket,
            "GET /api/v1/audit/export", operation -> answers(operation, "200", "The records.", "application/jsonl"),
            "POST /api/v1/resources/{id}/files",
                    operation -> operation.setRequestBody(
                            body("The file's bytes.", "*/*").required(true)),
            "POST /api/v1/uploads",
                    operation -> operation.setRequestBody(body("The first bytes, or nothing.", TUS_BYTES)),
            "PATCH /api/v1/uploads/{upload}",
                    operation -> operation.setRequestBody(
                            body("The next bytes.", TUS_BYTES).required(true)));

    private Bodies() {}

    static void tell(Paths paths) {
        TOLD.forEach((endpoint, telling) -> {
            String[] parts = endpoint.split(" ");
            PathItem path = paths.get(parts[1]);
            Operation operation =
                    path == null ? null : path.readOperationsMap().get(PathItem.HttpMethod.valueOf(parts[0]));
            if (operation != null) {
                telling.accept(operation);
            }
        });
    }

    private static void content(Operation operation) {
        answers(operation, "206", "The range that was asked for.", BYTES);
        ApiResponse whole = new ApiResponse().description("The file's bytes.").content(bytes(BYTES));
        Header digest = new Header()
                .description("The SHA-256 of the whole file (RFC 9530).")
                .schema(new StringSchema());
        operation.getResponses().addApiResponse("200", whole.headers(Map.of("Repr-Digest", digest)));
    }

    private static void socket(Operation operation) {
        operation.getResponses().remove("200");
        operation.getResponses().addApiResponse("101", new ApiResponse().description("The socket is open."));
    }

    private static void answers(Operation operation, String status, String words, String mediaType) {
        operation
                .getResponses()
                .addApiResponse(status, new ApiResponse().description(words).content(bytes(mediaType)));
    }

    private static RequestBody body(String words, String mediaType) {
        return new RequestBody().description(words).content(bytes(mediaType));
    }

    /** Bytes have no schema in OpenAPI 3.1: the media type says it all. */
    private static Content bytes(String mediaType) {
        return new Content().addMediaType(mediaType, new MediaType());
    }
}
