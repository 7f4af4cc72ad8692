package io.hubmesh.kernel;

/** Names one browser tab in the mesh for as long as its socket lives: 16 random bytes, base64url, 22 characters. */
public record PeerId(String value) {

    public PeerId {
        if (!Ids.isRandomName(value)) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
