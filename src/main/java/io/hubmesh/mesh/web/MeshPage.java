package io.hubmesh.mesh.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** "My peer": what the tab holds, gives and takes. Everything on it is known to the browser alone. */
@Controller
class MeshPage {

    @GetMapping("/mesh")
    String mesh() {
        return "mesh";
    }
}
