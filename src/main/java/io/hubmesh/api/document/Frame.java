package io.hubmesh.api.document;

import io.hubmesh.kernel.ProblemCode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the document says of the API as a whole. */
final class Frame {

    static final String PROBLEM = "Problem";

    private static final String TOKEN = "token";
    private static final String SESSION = "session";
    private static final String CSRF = "csrf";

    private Frame() {}

    static OpenAPI of() {
        return new OpenAPI(SpecVersion.V31)
                .info(new Info()
                        .title("Hubmesh")
                        .version("1")
                        .description(
                                "Everything that a page of this hub can do. Ids are UUIDs, times are UTC (RFC 3339), sizes are bytes."
                                        + " A member of a body that is not described here is refused."
                                        + " Whatever is refused is a problem document (RFC 9457) with a stable code.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This hub")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .addSecurityItem(new SecurityRequirement().addList(SESSION).addList(CSRF))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A personal access token, made on the page of one's account."))
                        .addSecuritySchemes(SESSION, key(SecurityScheme.In.COOKIE, "HUBMESH", "A browser's session."))
                        .addSecuritySchemes(
                                CSRF,
                                key(
                                        SecurityScheme.In.HEADER,
                                        "X-CSRF-TOKEN",
                                        "With a session, on every request but GET and HEAD: the token that each page carries."))
                        .addSchemas(PROBLEM, problem())
                        .addResponses(
                                PROBLEM,
                                new ApiResponse()
                                        .description("It was refused, or it failed; the code says why.")
                                        .content(new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType()
                                                                .schema(new Schema<>()
                                                                        .$ref("#/components/schemas/" + PROBLEM))))));
    }

    private static SecurityScheme key(SecurityScheme.In in, String name, String words) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(in)
                .name(name)
                .description(words);
    }

    private static Schema<?> problem() {
        List<String> codes =
                Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList();
        Schema<?> problem = new ObjectSchema()
                .description("RFC 9457. The codes are stable.")
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema().description("What the code means."))
                .addProperty("status", new IntegerSchema().description("The HTTP status again."))
                .addProperty("detail", new StringSchema().description("What happened and what to do about it."))
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .addProperty("code", new StringSchema()._enum(codes));
        problem.setRequired(List.of("type", "title", "status", "detail", "code"));
        problem.setExample(Map.of(
                "type", "urn:hubmesh:problem:name-taken",
                "title", ProblemCode.NAME_TAKEN.title(),
                "status", ProblemCode.NAME_TAKEN.status(),
                "detail", ProblemCode.NAME_TAKEN.title() + ".",
                "code", ProblemCode.NAME_TAKEN.code()));
        return problem;
    }
}
