package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// Everybody in the room: people, their pages, and what is said to many of them.
final class Audience {
    private final LaneOptions options;
    private final PublicNames names;
    private final @Nullable String region;
    /// In the order of their last leaving, as far as they have left.
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Person> byViewer = new HashMap<>();
    /// Pages that have got their device id here, by their own name: how a second link that does not have it yet
    /// is known.
    private final Map<String, Participant> newcomers = new HashMap<>();
    private final Set<Participant> pages = new LinkedHashSet<>();
    private final List<HostPage> hosts = new ArrayList<>();
    private Announcement announcement = new Announcement(List.of(), List.of(), List.of(), 0);

    Audience(LaneOptions options, PublicNames names, @Nullable String region) {
        this.options = options;
        this.names = names;
        this.region = region;
    }

    Person person(String identity, long nowNanos) {
        Person known = people.get(identity);
        if (known != null) {
            return known;
        }
        forgetSome(); // before, as whoever is new has neither a page nor a question that would keep him
        Person person = new Person(identity, names.of(identity), options, nowNanos);
        people.put(identity, person);
        byViewer.put(person.viewer(), person);
        return person;
    }

    /// The public name of somebody who need not be in the room by a page.
    String viewerOf(String identity) {
        return names.of(identity);
    }

    @Nullable
    Person byIdentity(String identity) {
        return people.get(identity);
    }

    @Nullable
    Person byViewer(String viewer) {
        return byViewer.get(viewer);
    }

    Collection<Person> people() {
        return people.values();
    }

    Set<Participant> pages() {
        return pages;
    }

    List<HostPage> hosts() {
        return hosts;
    }

    boolean isEmpty() {
        return pages.isEmpty();
    }

    /// The page of that name that belongs to `person`, new when its first link comes.
    Participant page(Person person, String client, Role role, long nowNanos) {
        for (Participant page : person.pages()) {
            if (page.client().equals(client)) {
                return page;
            }
        }
        Participant page;
        if (Participant.isHost(role)) {
            HostPage host = new HostPage(person, client, role, region, nowNanos);
            hosts.add(host);
            page = host;
        } else {
            page = new Participant(person, client, role);
        }
        person.pages().add(page);
        pages.add(page);
        return page;
    }

    /// The page that has got its device id under this name.
    @Nullable
    Participant newcomer(String client) {
        return newcomers.get(client);
    }

    void issued(Participant page, String token) {
        page.issued(token);
        newcomers.put(page.client(), page);
    }

    /// The last link of a page is gone.
    void left(Participant page) {
        Person person = page.person();
        person.pages().remove(page);
        pages.remove(page);
        newcomers.remove(page.client(), page);
        hosts.removeIf(host -> host == page);
        if (people.remove(person.identity(), person)) {
            if (person.isForgettable()) {
                byViewer.remove(person.viewer());
            } else {
                people.put(person.identity(), person);
            }
        }
    }

    /// Tells a person the state of one of their items, on all their pages.
    void tell(Item item) {
        NodeMessage.Ack ack = item.ack();
        if (ack != null) {
            String json = LaneJson.write(ack);
            item.sender().pages().forEach(page -> page.tell(ack, json));
        }
    }

    /// Tells all pages within the next half second, some of them at a time.
    ///
    /// @param toThoseWhoKeepUp what is thinned anyway, and spared to those who are behind
    void announce(List<NodeMessage> toAll, List<NodeMessage> toThoseWhoKeepUp, long nowNanos) {
        announcement.finish();
        if (!toAll.isEmpty() || !toThoseWhoKeepUp.isEmpty()) {
            announcement = new Announcement(pages, written(toAll), written(toThoseWhoKeepUp), nowNanos);
            announcement.onTimeout(nowNanos);
        }
    }

    /// Tells all pages now, behind what was announced.
    void sendToAll(String toHosts, String toOthers) {
        announcement.finish();
        for (Participant page : pages) {
            page.send(page.isHost() ? toHosts : toOthers);
        }
    }

    void onTimeout(long nowNanos) {
        announcement.onTimeout(nowNanos);
    }

    long nextDeadlineNanos() {
        return announcement.nextDeadlineNanos();
    }

    void sendToHosts(NodeMessage message) {
        if (!hosts.isEmpty()) {
            String json = LaneJson.write(message);
            hosts.forEach(host -> host.send(json));
        }
    }

    private static List<String> written(List<NodeMessage> messages) {
        return messages.stream().map(LaneJson::write).toList();
    }

    /// Bounds what is kept of those who are gone: the first in the map left longest ago.
    private void forgetSome() {
        for (Iterator<Person> each = people.values().iterator();
                people.size() >= options.people() && each.hasNext(); ) {
            Person person = each.next();
            boolean isSettled = person.items().stream().noneMatch(Item::isOpen);
            if (person.pages().isEmpty() && isSettled && !person.isMuted() && !person.isBanned()) {
                each.remove();
                byViewer.remove(person.viewer());
            }
        }
    }
}
