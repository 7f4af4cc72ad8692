package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.FolderLists;
import io.hubmesh.library.Library;
import io.hubmesh.library.Order;
import io.hubmesh.library.PeerHolders;
import io.hubmesh.library.Resource;
import io.hubmesh.library.ResourcePage;
import io.hubmesh.permissions.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The library as a person walks it: folders, a part at a time. */
@Controller
class LibraryPage {

    private final Library library;
    private final FolderLists lists;
    private final PeerHolders peers;

    LibraryPage(Library library, FolderLists lists, PeerHolders peers) {
        this.library = library;
        this.lists = lists;
        this.peers = peers;
    }

    /**
     * A line of the list.
     *
     * @param writable whether the person may rename, move and delete it
     * @param holders how many peers hold a file now
     */
    record Row(Resource resource, boolean writable, int holders) {}

    /**
     * The head of a column that the list can be sorted by.
     *
     * @param sorted {@code ascending} or {@code descending} where the list is sorted by it, else null
     * @param link what to ask for to sort by it, or the other way
     */
    record Column(String name, @Nullable String sorted, String link) {}

    /** Where everybody starts: what was granted to them, and for an administrator the top folder. */
    @GetMapping("/library")
    String entrances(
            Subject subject, @RequestParam @Nullable String sort, @RequestParam @Nullable String cursor, Model model) {
        Order order = Order.of(sort);
        if (library.decide(subject, Level.READ, ResourceId.ROOT).allowed()) {
            Resource top = library.require(subject, ResourceId.ROOT, Level.READ);
            return folder(subject, top, order, cursor, model);
        }
        return list(subject, null, order, cursor, lists.entrances(subject, order, cursor, ResourcePage.USUAL), model);
    }

    @GetMapping("/library/{id}")
    String folder(
            Subject subject,
            @PathVariable String id,
            @RequestParam @Nullable String sort,
            @RequestParam @Nullable String cursor,
            Model model) {
        Resource resource = library.require(subject, ResourceId.of(id), Level.READ);
        return resource.isFolder()
                ? folder(subject, resource, Order.of(sort), cursor, model)
                : "redirect:/resources/" + resource.id();
    }

    private String folder(Subject subject, Resource folder, Order order, @Nullable String cursor, Model model) {
        ResourcePage page = lists.children(subject, folder.id(), order, cursor, ResourcePage.USUAL);
        return list(subject, folder, order, cursor, page, model);
    }

    private String list(
            Subject subject,
            @Nullable Resource folder,
            Order order,
            @Nullable String cursor,
            ResourcePage page,
            Model model) {
        Level level = folder == null
                ? Level.READ
                : library.levelOf(subject, folder.id()).orElse(Level.READ);
        model.addAttribute("title", folder == null || isTop(folder) ? "Library" : folder.name());
        model.addAttribute("folder", folder);
        model.addAttribute("ancestors", folder == null || isTop(folder) ? null : Paths.above(library, subject, folder));
        model.addAttribute(
                "top",
                library.decide(subject, Level.READ, ResourceId.ROOT).allowed() ? ResourceId.ROOT.toString() : "");
        model.addAttribute("writable", level.includes(Level.WRITE));
        model.addAttribute("manageable", folder != null && level.includes(Level.MANAGE));
        model.addAttribute("rows", rows(page));
        model.addAttribute("columns", columns(order));
        model.addAttribute("sort", order.toString());
        model.addAttribute("later", cursor != null);
        model.addAttribute("next", page.next());
        return "library";
    }

    /** With what peers hold, asked for once for the whole part. */
    private List<Row> rows(ResourcePage page) {
        List<ContentId> contents = page.items().stream()
                .map(item -> item.resource().file())
                .filter(Objects::nonNull)
                .map(Resource.FileVersion::contentId)
                .distinct()
                .toList();
        Map<ContentId, Integer> holders = peers.peersHolding(contents);
        return page.items().stream()
                .map(item ->
                        new Row(item.resource(), item.level().includes(Level.WRITE), holders(item.resource(), holders)))
                .toList();
    }

    private static int holders(Resource resource, Map<ContentId, Integer> holders) {
        Resource.FileVersion file = resource.file();
        return file == null ? 0 : holders.getOrDefault(file.contentId(), 0);
    }

    private static List<Column> columns(Order order) {
        return Arrays.stream(Order.By.values())
                .map(by -> {
                    boolean here = by == order.by();
                    Order link = new Order(by, here && !order.descending());
                    String name = by.name().charAt(0) + by.name().substring(1).toLowerCase(Locale.ROOT);
                    return new Column(
                            name, here ? (order.descending() ? "descending" : "ascending") : null, link.toString());
                })
                .toList();
    }

    private static boolean isTop(Resource folder) {
        return folder.id().equals(ResourceId.ROOT);
    }
}
