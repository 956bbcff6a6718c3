//! Names and descriptions of commands in German, French and Spanish, as one table.
//!
//! Answers stay English; a line in the member's language says so. Knows Discord's locale codes.

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::{CommandOptionType, CommandType};

/// The languages of [`WORDS`], as Discord names them.
pub const LOCALES: [&str; 3] = ["de", "fr", "es-ES"];

/// Name and description in each of [`LOCALES`].
type Words = [(&'static str, &'static str); 3];

/// The words of an option that names an entry.
const ENTRY: Words = [
    ("eintrag", "Beginne den Titel zu tippen und wähle"),
    ("entrée", "Commencez à taper son titre, puis choisissez"),
    ("entrada", "Empieza a escribir su título y elige"),
];

/// Each command (`ask`) and option (`ask question`), with its words. Message commands have no description.
pub const WORDS: &[(&str, Words)] = &[
    (
        "ask",
        [
            ("fragen", "Eine Frage zu Berufen im US-Gesundheitswesen stellen"),
            ("demander", "Poser une question sur les métiers de la santé aux États-Unis"),
            ("preguntar", "Haz una pregunta sobre empleos de salud en EE. UU."),
        ],
    ),
    (
        "ask question",
        [
            ("frage", "Deine Frage, am besten auf Englisch"),
            ("question", "Votre question, de préférence en anglais"),
            ("pregunta", "Tu pregunta, mejor en inglés"),
        ],
    ),
    (
        "ask private",
        [
            ("privat", "Nur du siehst die Antwort (Voreinstellung: ja, wenn der Server nichts anderes sagt)"),
            ("privé", "Vous seul voyez la réponse (par défaut : oui, sauf choix du serveur)"),
            ("privado", "Solo tú ves la respuesta (por defecto: sí, salvo que el servidor elija otra cosa)"),
        ],
    ),
    (
        "role",
        [
            ("beruf", "Alles über einen Beruf: Aufgaben, Bezahlung, Ausbildung, Aussichten"),
            ("métier", "Tout sur un métier : tâches, salaire, formation, perspectives"),
            ("puesto", "Todo sobre un puesto: tareas, sueldo, formación, perspectivas"),
        ],
    ),
    (
        "role name",
        [
            ("name", "Beginne zu tippen und wähle"),
            ("nom", "Commencez à taper, puis choisissez"),
            ("nombre", "Empieza a escribir y elige"),
        ],
    ),
    (
        "compare",
        [
            ("vergleichen", "Zwei oder drei Berufe nebeneinander"),
            ("comparer", "Deux ou trois métiers côte à côte"),
            ("comparar", "Dos o tres puestos, uno al lado del otro"),
        ],
    ),
    (
        "compare first",
        [("erster", "Der erste Beruf"), ("premier", "Le premier métier"), ("primero", "El primer puesto")],
    ),
    (
        "compare second",
        [("zweiter", "Der zweite Beruf"), ("deuxième", "Le deuxième métier"), ("segundo", "El segundo puesto")],
    ),
    (
        "compare third",
        [
            ("dritter", "Ein dritter Beruf, wenn du magst"),
            ("troisième", "Un troisième métier, si vous voulez"),
            ("tercero", "Un tercer puesto, si quieres"),
        ],
    ),
    (
        "trend",
        [
            ("trend", "Was sich verändert und was das für Berufe bedeutet"),
            ("tendance", "Ce qui change, et ce que cela signifie pour les métiers"),
            ("tendencia", "Qué cambia y qué significa para los empleos"),
        ],
    ),
    (
        "trend name",
        [
            ("name", "Beginne zu tippen und wähle"),
            ("nom", "Commencez à taper, puis choisissez"),
            ("nombre", "Empieza a escribir y elige"),
        ],
    ),
    (
        "trends",
        [
            ("trends", "Die Trends, die die Arbeit im Gesundheitswesen verändern"),
            ("tendances", "Les tendances qui changent le travail dans la santé"),
            ("tendencias", "Las tendencias que cambian el trabajo en la salud"),
        ],
    ),
    (
        "explore",
        [
            ("stöbern", "Berufe nach Bezahlung, Ausbildung, Fernarbeit, Interesse und Wachstum finden"),
            ("explorer", "Trouver des métiers selon salaire, formation, télétravail, intérêt, croissance"),
            ("explorar", "Encuentra puestos por sueldo, formación, teletrabajo, interés y crecimiento"),
        ],
    ),
    (
        "explore pay",
        [
            ("bezahlung", "Mittlere Bezahlung im Jahr, mindestens"),
            ("salaire", "Salaire médian annuel, au moins"),
            ("sueldo", "Sueldo mediano al año, como mínimo"),
        ],
    ),
    (
        "explore training",
        [
            ("ausbildung", "Übliche Ausbildung zum Einstieg, höchstens"),
            ("formation", "Formation habituelle pour débuter, au plus"),
            ("formación", "Formación habitual para empezar, como máximo"),
        ],
    ),
    (
        "explore remote",
        [
            ("fernarbeit", "Ob die Arbeit von zu Hause geht"),
            ("télétravail", "Si le travail peut se faire à distance"),
            ("teletrabajo", "Si se puede trabajar a distancia"),
        ],
    ),
    (
        "explore interest",
        [("interesse", "Was dir liegt"), ("intérêt", "Ce que vous aimez faire"), ("interés", "Lo que te gusta hacer")],
    ),
    (
        "explore growth",
        [
            ("wachstum", "Wie sich die Zahl der Stellen voraussichtlich ändert"),
            ("croissance", "Comment le nombre d'emplois devrait évoluer"),
            ("crecimiento", "Cómo se prevé que cambie el número de empleos"),
        ],
    ),
    (
        "pay",
        [
            ("bezahlung", "Was ein Beruf bezahlt, in den USA oder in einem Bundesstaat"),
            ("salaire", "Ce que paie un métier, aux États-Unis ou dans un État"),
            ("sueldo", "Cuánto paga un puesto, en EE. UU. o en un estado"),
        ],
    ),
    (
        "pay role",
        [
            ("beruf", "Beginne zu tippen und wähle"),
            ("métier", "Commencez à taper, puis choisissez"),
            ("puesto", "Empieza a escribir y elige"),
        ],
    ),
    (
        "pay state",
        [
            ("staat", "Ein Bundesstaat; ohne Angabe die ganzen USA"),
            ("état", "Un État ; sinon, tous les États-Unis"),
            ("estado", "Un estado; si no, todo EE. UU."),
        ],
    ),
    (
        "quiz",
        [
            ("quiz", "Zwölf kurze Fragen: Welche Berufe könnten dir liegen?"),
            ("quiz", "Douze questions rapides : quels métiers pourraient vous plaire ?"),
            ("test", "Doce preguntas cortas: ¿qué puestos podrían gustarte?"),
        ],
    ),
    (
        "sources",
        [
            ("quellen", "Worauf die Antworten beruhen"),
            ("sources", "Sur quoi reposent les réponses"),
            ("fuentes", "En qué se basan las respuestas"),
        ],
    ),
    (
        "privacy",
        [
            ("datenschutz", "Was ich lese, behalte und nicht behalte"),
            ("confidentialité", "Ce que je lis, garde et ne garde pas"),
            ("privacidad", "Qué leo, qué guardo y qué no"),
        ],
    ),
    (
        "my-data",
        [
            ("meine-daten", "Ansehen oder löschen, was ich über dich behalte"),
            ("mes-données", "Voir ou effacer ce que je garde sur vous"),
            ("mis-datos", "Ver o borrar lo que guardo sobre ti"),
        ],
    ),
    (
        "my-data view",
        [
            ("ansehen", "Zeigen, was ich über dich behalte"),
            ("voir", "Montrer ce que je garde sur vous"),
            ("ver", "Mostrar lo que guardo sobre ti"),
        ],
    ),
    (
        "my-data delete",
        [
            ("löschen", "Alles löschen, was ich über dich behalte"),
            ("effacer", "Effacer tout ce que je garde sur vous"),
            ("borrar", "Borrar todo lo que guardo sobre ti"),
        ],
    ),
    (
        "digest",
        [
            ("zusammenfassung", "Für Moderation: Trends zusammenfassen und posten"),
            ("résumé", "Pour la modération : résumer et publier des tendances"),
            ("resumen", "Para moderación: resumir y publicar tendencias"),
        ],
    ),
    (
        "digest new",
        [
            ("neu", "Eine Zusammenfassung schreiben und ansehen, bevor sie jemand sieht"),
            ("nouveau", "Écrire un résumé et le voir avant tout le monde"),
            ("nuevo", "Escribir un resumen y verlo antes que nadie"),
        ],
    ),
    (
        "digest new topic",
        [
            ("thema", "Beginne zu tippen und wähle"),
            ("sujet", "Commencez à taper, puis choisissez"),
            ("tema", "Empieza a escribir y elige"),
        ],
    ),
    (
        "digest new channel",
        [
            ("kanal", "Wohin; sonst der eingestellte Kanal"),
            ("salon", "Où ; sinon le salon des réglages"),
            ("canal", "Dónde; si no, el canal de los ajustes"),
        ],
    ),
    ("digest new style", [("stil", "Wie ausführlich"), ("style", "Quelle longueur"), ("estilo", "Con cuánto detalle")]),
    (
        "digest schedule",
        [
            ("planen", "Eine Zusammenfassung regelmäßig posten"),
            ("planifier", "Publier un résumé régulièrement"),
            ("programar", "Publicar un resumen con regularidad"),
        ],
    ),
    (
        "digest edit",
        [
            ("ändern", "Einen Zeitplan ändern; was fehlt, bleibt"),
            ("modifier", "Modifier une publication régulière ; le reste ne change pas"),
            ("editar", "Cambiar una publicación regular; lo demás queda igual"),
        ],
    ),
    (
        "digest schedule topic",
        [
            ("thema", "Beginne zu tippen und wähle"),
            ("sujet", "Commencez à taper, puis choisissez"),
            ("tema", "Empieza a escribir y elige"),
        ],
    ),
    (
        "digest schedule channel",
        [
            ("kanal", "Wohin; sonst der eingestellte Kanal"),
            ("salon", "Où ; sinon le salon des réglages"),
            ("canal", "Dónde; si no, el canal de los ajustes"),
        ],
    ),
    (
        "digest schedule every",
        [
            ("jeden", "Wie oft: Tag, Woche oder Monat"),
            ("chaque", "À quel rythme : jour, semaine ou mois"),
            ("cada", "Con qué frecuencia: día, semana o mes"),
        ],
    ),
    (
        "digest schedule on",
        [
            ("am", "An welchem Tag: Monday, oder 1 bis 31"),
            ("le", "Quel jour : Monday, ou 1 à 31"),
            ("el", "Qué día: Monday, o de 1 a 31"),
        ],
    ),
    (
        "digest schedule at",
        [
            ("um", "Uhrzeit in der Zone des Servers, etwa 9:00"),
            ("à", "Heure dans le fuseau du serveur, par exemple 9:00"),
            ("a-las", "Hora en la zona del servidor, como 9:00"),
        ],
    ),
    (
        "digest schedule style",
        [("stil", "Wie ausführlich"), ("style", "Quelle longueur"), ("estilo", "Con cuánto detalle")],
    ),
    (
        "digest schedule mention-role",
        [
            ("rolle-erwähnen", "Eine Rolle, die erwähnt wird; sonst niemand"),
            ("mentionner-rôle", "Un rôle à mentionner ; sinon personne"),
            ("mencionar-rol", "Un rol que se menciona; si no, nadie"),
        ],
    ),
    (
        "digest edit topic",
        [
            ("thema", "Beginne zu tippen und wähle"),
            ("sujet", "Commencez à taper, puis choisissez"),
            ("tema", "Empieza a escribir y elige"),
        ],
    ),
    (
        "digest edit channel",
        [
            ("kanal", "Wohin; sonst der eingestellte Kanal"),
            ("salon", "Où ; sinon le salon des réglages"),
            ("canal", "Dónde; si no, el canal de los ajustes"),
        ],
    ),
    (
        "digest edit every",
        [
            ("jeden", "Wie oft: Tag, Woche oder Monat"),
            ("chaque", "À quel rythme : jour, semaine ou mois"),
            ("cada", "Con qué frecuencia: día, semana o mes"),
        ],
    ),
    (
        "digest edit on",
        [
            ("am", "An welchem Tag: Monday, oder 1 bis 31"),
            ("le", "Quel jour : Monday, ou 1 à 31"),
            ("el", "Qué día: Monday, o de 1 a 31"),
        ],
    ),
    (
        "digest edit at",
        [
            ("um", "Uhrzeit in der Zone des Servers, etwa 9:00"),
            ("à", "Heure dans le fuseau du serveur, par exemple 9:00"),
            ("a-las", "Hora en la zona del servidor, como 9:00"),
        ],
    ),
    (
        "digest edit style",
        [("stil", "Wie ausführlich"), ("style", "Quelle longueur"), ("estilo", "Con cuánto detalle")],
    ),
    (
        "digest edit mention-role",
        [
            ("rolle-erwähnen", "Eine Rolle, die erwähnt wird; sonst niemand"),
            ("mentionner-rôle", "Un rôle à mentionner ; sinon personne"),
            ("mencionar-rol", "Un rol que se menciona; si no, nadie"),
        ],
    ),
    (
        "digest edit mention-nobody",
        [
            ("niemand-erwähnen", "Keine Rolle mehr erwähnen"),
            ("mentionner-personne", "Ne plus mentionner de rôle"),
            ("no-mencionar", "No mencionar ningún rol"),
        ],
    ),
    (
        "digest edit number",
        [
            ("nummer", "Beginne zu tippen und wähle"),
            ("numéro", "Commencez à taper, puis choisissez"),
            ("número", "Empieza a escribir y elige"),
        ],
    ),
    (
        "digest list",
        [
            ("liste", "Was regelmäßig gepostet wird, mit Nummern"),
            ("liste", "Ce qui est publié régulièrement, avec les numéros"),
            ("lista", "Lo que se publica con regularidad, con números"),
        ],
    ),
    (
        "digest pause",
        [
            ("anhalten", "Einen Zeitplan anhalten"),
            ("suspendre", "Suspendre une publication régulière"),
            ("pausar", "Pausar una publicación regular"),
        ],
    ),
    (
        "digest pause number",
        [
            ("nummer", "Beginne zu tippen und wähle"),
            ("numéro", "Commencez à taper, puis choisissez"),
            ("número", "Empieza a escribir y elige"),
        ],
    ),
    (
        "digest resume",
        [
            ("fortsetzen", "Einen angehaltenen Zeitplan fortsetzen"),
            ("reprendre", "Reprendre une publication suspendue"),
            ("reanudar", "Reanudar una publicación pausada"),
        ],
    ),
    (
        "digest resume number",
        [
            ("nummer", "Beginne zu tippen und wähle"),
            ("numéro", "Commencez à taper, puis choisissez"),
            ("número", "Empieza a escribir y elige"),
        ],
    ),
    (
        "digest cancel",
        [
            ("beenden", "Einen Zeitplan für immer beenden"),
            ("annuler", "Arrêter une publication régulière pour de bon"),
            ("cancelar", "Terminar una publicación regular para siempre"),
        ],
    ),
    (
        "digest cancel number",
        [
            ("nummer", "Beginne zu tippen und wähle"),
            ("numéro", "Commencez à taper, puis choisissez"),
            ("número", "Empieza a escribir y elige"),
        ],
    ),
    (
        "digest history",
        [
            ("verlauf", "Die letzten Posts: ansehen, ändern, entfernen"),
            ("historique", "Les derniers posts : voir, modifier, supprimer"),
            ("historial", "Los últimos posts: ver, editar, eliminar"),
        ],
    ),
    (
        "settings",
        [
            ("einstellungen", "Für Moderation: was ich auf diesem Server tue"),
            ("réglages", "Pour la modération : ce que je fais sur ce serveur"),
            ("ajustes", "Para moderación: qué hago en este servidor"),
        ],
    ),
    (
        "settings view",
        [("ansehen", "Zeigen, was eingestellt ist"), ("voir", "Montrer les réglages"), ("ver", "Mostrar los ajustes")],
    ),
    (
        "settings set",
        [
            ("setzen", "Eine oder mehrere Einstellungen ändern"),
            ("modifier", "Modifier un ou plusieurs réglages"),
            ("cambiar", "Cambiar uno o varios ajustes"),
        ],
    ),
    (
        "settings set moderator-role",
        [
            ("moderationsrolle", "Wer diese Rolle hat, darf auch moderieren"),
            ("rôle-modération", "Ce rôle peut aussi modérer"),
            ("rol-moderador", "Este rol también puede moderar"),
        ],
    ),
    (
        "settings set digest-channel",
        [
            ("trendkanal", "Wohin Zusammenfassungen gehen"),
            ("salon-résumés", "Où vont les résumés"),
            ("canal-resúmenes", "Adónde van los resúmenes"),
        ],
    ),
    (
        "settings set log-channel",
        [
            ("protokollkanal", "Wo ich der Moderation sage, was schiefging"),
            ("salon-journal", "Où je dis à la modération ce qui a échoué"),
            ("canal-registro", "Dónde digo a moderación qué falló"),
        ],
    ),
    (
        "settings set time-zone",
        [
            ("zeitzone", "Zeitzone, etwa America/New_York"),
            ("fuseau", "Fuseau horaire, par exemple America/New_York"),
            ("zona-horaria", "Zona horaria, como America/New_York"),
        ],
    ),
    (
        "settings set private-answers",
        [
            ("private-antworten", "Antworten nur für die fragende Person, wenn sie nichts anderes wählt"),
            ("réponses-privées", "Réponses visibles de la seule personne qui demande, sauf choix contraire"),
            ("respuestas-privadas", "Respuestas solo para quien pregunta, salvo que elija otra cosa"),
        ],
    ),
    (
        "settings set allow-channel",
        [
            ("kanal-erlauben", "Ein weiterer Kanal, in dem ich antworte"),
            ("autoriser-salon", "Un salon de plus où je réponds"),
            ("permitir-canal", "Otro canal en el que respondo"),
        ],
    ),
    (
        "settings set late-posts",
        [
            ("verspätete-posts", "Was mit einem Post geschieht, dessen Zeit verging, als ich weg war"),
            ("posts-en-retard", "Que faire d'un post dont l'heure est passée en mon absence"),
            ("posts-atrasados", "Qué hacer con un post cuya hora pasó en mi ausencia"),
        ],
    ),
    (
        "settings set log-days",
        [
            ("protokolltage", "Wie viele Tage das Protokoll behalten wird"),
            ("jours-journal", "Combien de jours le journal est gardé"),
            ("días-registro", "Cuántos días se guarda el registro"),
        ],
    ),
    (
        "settings set clear",
        [("leeren", "Eine Einstellung leeren"), ("vider", "Vider un réglage"), ("vaciar", "Vaciar un ajuste")],
    ),
    (
        "settings check",
        [
            ("prüfen", "Prüfen, ob ich darf, was ich soll"),
            ("vérifier", "Vérifier si j'ai les permissions nécessaires"),
            ("comprobar", "Comprobar si tengo los permisos necesarios"),
        ],
    ),
    (
        "settings log",
        [
            ("protokoll", "Wer wann was geändert hat"),
            ("journal", "Qui a changé quoi et quand"),
            ("registro", "Quién cambió qué y cuándo"),
        ],
    ),
    (
        "settings set gaps",
        [
            ("lücken", "Fragen ohne gute Antwort zählen, ohne Namen"),
            ("lacunes", "Compter les questions sans bonne réponse, sans noms"),
            ("lagunas", "Contar las preguntas sin buena respuesta, sin nombres"),
        ],
    ),
    (
        "settings set second-moderator",
        [
            ("vier-augen", "Einträge gehen erst live, wenn eine zweite Person der Moderation zustimmt"),
            ("double-accord", "Les entrées attendent l'accord d'une autre personne de la modération"),
            ("segunda-aprobación", "Las entradas esperan a que otra persona de moderación las apruebe"),
        ],
    ),
    (
        "knowledge",
        [
            ("wissen", "Für Moderation: was ich nur auf diesem Server weiß"),
            ("connaissances", "Pour la modération : ce que je sais sur ce serveur seulement"),
            ("conocimiento", "Para moderación: lo que sé solo en este servidor"),
        ],
    ),
    (
        "knowledge add",
        [
            ("hinzufügen", "Einen Eintrag schreiben; vor der Freigabe sieht ihn niemand"),
            ("ajouter", "Écrire une entrée ; personne ne la voit avant l'accord"),
            ("añadir", "Escribir una entrada; nadie la ve antes de aprobarla"),
        ],
    ),
    (
        "knowledge edit",
        [
            ("bearbeiten", "Einen Eintrag ändern; der alte gilt, bis der neue freigegeben ist"),
            ("modifier", "Modifier une entrée ; l'ancienne reste jusqu'à l'accord"),
            ("editar", "Editar una entrada; la anterior sigue hasta aprobar la nueva"),
        ],
    ),
    ("knowledge edit entry", ENTRY),
    (
        "knowledge remove",
        [
            ("entfernen", "Einen Eintrag entfernen; er lässt sich wiederherstellen"),
            ("retirer", "Retirer une entrée ; elle peut être rétablie"),
            ("quitar", "Quitar una entrada; se puede restaurar"),
        ],
    ),
    ("knowledge remove entry", ENTRY),
    (
        "knowledge list",
        [
            ("liste", "Alle Einträge dieses Servers: öffnen, freigeben, ändern"),
            ("liste", "Toutes les entrées de ce serveur : ouvrir, approuver, modifier"),
            ("lista", "Todas las entradas de este servidor: abrir, aprobar, editar"),
        ],
    ),
    (
        "knowledge history",
        [
            ("verlauf", "Alle Fassungen eines Eintrags"),
            ("historique", "Toutes les versions d'une entrée"),
            ("historial", "Todas las versiones de una entrada"),
        ],
    ),
    ("knowledge history entry", ENTRY),
    (
        "knowledge restore",
        [
            ("wiederherstellen", "Eine alte Fassung oder einen entfernten Eintrag wieder zum Entwurf machen"),
            ("rétablir", "Refaire un brouillon d'une ancienne version ou d'une entrée retirée"),
            ("restaurar", "Hacer un borrador de una versión antigua o de una entrada quitada"),
        ],
    ),
    ("knowledge restore entry", ENTRY),
    (
        "knowledge restore version",
        [
            ("fassung", "Nummer aus dem Verlauf; sonst zeige ich den Verlauf"),
            ("version", "Numéro de l'historique ; sinon je montre l'historique"),
            ("versión", "Número del historial; si no, muestro el historial"),
        ],
    ),
    (
        "knowledge import",
        [
            ("importieren", "Aus einer Markdown-Datei Entwürfe machen, höchstens 256 KB"),
            ("importer", "Faire des brouillons d'un fichier markdown, 256 Ko au plus"),
            ("importar", "Hacer borradores de un archivo markdown, 256 KB como máximo"),
        ],
    ),
    (
        "knowledge import file",
        [
            ("datei", "Je Eintrag: \"# Titel\", \"source:\", \"review:\", eine leere Zeile, der Text"),
            ("fichier", "Par entrée : « # Titre », \"source:\", \"review:\", une ligne vide, le texte"),
            ("archivo", "Por entrada: \"# Título\", \"source:\", \"review:\", una línea vacía, el texto"),
        ],
    ),
    (
        "gaps",
        [
            ("lücken", "Für Moderation: was Mitglieder fragten und nicht fanden"),
            ("lacunes", "Pour la modération : ce que les membres n'ont pas trouvé"),
            ("lagunas", "Para moderación: lo que los miembros no encontraron"),
        ],
    ),
    (
        "help",
        [
            ("hilfe", "Was ich kann und wie man fragt"),
            ("aide", "Ce que je sais faire et comment demander"),
            ("ayuda", "Qué puedo hacer y cómo preguntar"),
        ],
    ),
    ("Answer this", [("Beantworten", ""), ("Répondre à ceci", ""), ("Responder a esto", "")]),
];

/// Each choice of an option as it stands in English, with its words in each of [`LOCALES`].
pub const CHOICES: &[(&str, [&str; 3])] = &[
    ("$40,000 a year or more", ["40.000 $ im Jahr oder mehr", "40 000 $ par an ou plus", "40.000 $ al año o más"]),
    ("$60,000 a year or more", ["60.000 $ im Jahr oder mehr", "60 000 $ par an ou plus", "60.000 $ al año o más"]),
    ("$80,000 a year or more", ["80.000 $ im Jahr oder mehr", "80 000 $ par an ou plus", "80.000 $ al año o más"]),
    ("$100,000 a year or more", ["100.000 $ im Jahr oder mehr", "100 000 $ par an ou plus", "100.000 $ al año o más"]),
    ("$120,000 a year or more", ["120.000 $ im Jahr oder mehr", "120 000 $ par an ou plus", "120.000 $ al año o más"]),
    (
        "A high school diploma at most",
        [
            "Höchstens ein Schulabschluss (High School)",
            "Au plus un diplôme de fin d'études secondaires",
            "Como máximo, secundaria (high school)",
        ],
    ),
    ("A certificate at most", ["Höchstens ein Zertifikat", "Au plus un certificat", "Como máximo, un certificado"]),
    (
        "An associate's degree at most",
        [
            "Höchstens ein Associate's Degree (2 Jahre College)",
            "Au plus un associate's degree (2 ans d'études)",
            "Como máximo, un associate's degree (2 años)",
        ],
    ),
    (
        "A bachelor's degree at most",
        ["Höchstens ein Bachelor", "Au plus un bachelor (4 ans d'études)", "Como máximo, un bachelor (4 años)"],
    ),
    ("A master's degree at most", ["Höchstens ein Master", "Au plus un master", "Como máximo, un máster"]),
    ("Commonly remote", ["Meist von zu Hause möglich", "Souvent à distance", "A menudo a distancia"]),
    (
        "Remote at least in part",
        ["Zumindest teilweise von zu Hause", "À distance au moins en partie", "A distancia al menos en parte"],
    ),
    ("On site", ["Vor Ort", "Sur place", "En el lugar de trabajo"]),
    (
        "Practical, hands-on work (Realistic)",
        [
            "Praktisch, mit den Händen (Realistic)",
            "Travail pratique, manuel (Realistic)",
            "Trabajo práctico, con las manos (Realistic)",
        ],
    ),
    (
        "Ideas, science, working things out (Investigative)",
        [
            "Ideen, Wissenschaft, Knobeln (Investigative)",
            "Idées, science, résoudre des problèmes (Investigative)",
            "Ideas, ciencia, resolver problemas (Investigative)",
        ],
    ),
    ("Creative work (Artistic)", ["Kreatives (Artistic)", "Travail créatif (Artistic)", "Trabajo creativo (Artistic)"]),
    (
        "Helping and teaching people (Social)",
        [
            "Menschen helfen und lehren (Social)",
            "Aider et former les gens (Social)",
            "Ayudar y enseñar a la gente (Social)",
        ],
    ),
    (
        "Leading and persuading (Enterprising)",
        [
            "Leiten und überzeugen (Enterprising)",
            "Diriger et convaincre (Enterprising)",
            "Dirigir y convencer (Enterprising)",
        ],
    ),
    (
        "Order, records and detail (Conventional)",
        [
            "Ordnung, Akten, Einzelheiten (Conventional)",
            "Ordre, dossiers et détails (Conventional)",
            "Orden, registros y detalle (Conventional)",
        ],
    ),
    (
        "Number of jobs grows",
        ["Die Zahl der Stellen wächst", "Le nombre d'emplois augmente", "Crece el número de empleos"],
    ),
    (
        "Grows faster than all US jobs",
        [
            "Wächst schneller als alle Stellen in den USA",
            "Croît plus vite que l'ensemble des emplois aux États-Unis",
            "Crece más que el conjunto de empleos de EE. UU.",
        ],
    ),
    ("Grows by 10% or more", ["Wächst um 10 % oder mehr", "Croît de 10 % ou plus", "Crece un 10 % o más"]),
    (
        "short: three points and three roles",
        [
            "kurz: drei Punkte und drei Berufe",
            "court : trois points et trois métiers",
            "corto: tres puntos y tres puestos",
        ],
    ),
    (
        "full: five points and five roles",
        [
            "ausführlich: fünf Punkte und fünf Berufe",
            "complet : cinq points et cinq métiers",
            "completo: cinco puntos y cinco puestos",
        ],
    ),
    (
        "discussion: short, and ends with a question",
        [
            "Gespräch: kurz, mit einer Frage am Ende",
            "discussion : court, avec une question à la fin",
            "debate: corto, con una pregunta al final",
        ],
    ),
    ("day", ["Tag", "jour", "día"]),
    ("week", ["Woche", "semaine", "semana"]),
    ("month", ["Monat", "mois", "mes"]),
    ("Post it late", ["Verspätet posten", "Publier en retard", "Publicar con retraso"]),
    ("Leave it out", ["Auslassen", "Ne pas publier", "Omitir"]),
    (
        "Ask in the log channel",
        ["Im Protokollkanal fragen", "Demander dans le salon-journal", "Preguntar en el canal de registro"],
    ),
    ("Moderator role: none", ["Moderationsrolle: keine", "Rôle de modération : aucun", "Rol de moderación: ninguno"]),
    (
        "Digest channel: none",
        ["Kanal für Zusammenfassungen: keiner", "Salon des résumés : aucun", "Canal de resúmenes: ninguno"],
    ),
    ("Log channel: none", ["Protokollkanal: keiner", "Salon-journal : aucun", "Canal de registro: ninguno"]),
    (
        "Allowed channels: answer everywhere",
        [
            "Erlaubte Kanäle: überall antworten",
            "Salons autorisés : répondre partout",
            "Canales permitidos: responder en todos",
        ],
    ),
];

/// What the answers' language is, for a member who reads Discord in another one; `None` for English.
pub fn language_note(locale: &str) -> Option<&'static str> {
    Some(match locale.split('-').next().unwrap_or_default() {
        "en" | "" => return None,
        "de" => "Die Antworten sind auf Englisch.",
        "fr" => "Les réponses sont en anglais.",
        "es" => "Las respuestas están en inglés.",
        _ => "Answers are in English.",
    })
}

fn words(key: &str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let found = WORDS.iter().find(|(name, _)| *name == key).map(|(_, words)| words);
    LOCALES
        .into_iter()
        .zip(found.into_iter().flatten())
        .map(|(locale, (name, description))| (locale, *name, *description))
}

/// A command with its words in every language that it has them in.
pub fn command(name: &str, kind: CommandType, body: CreateCommand) -> CreateCommand {
    words(name).fold(body, |body, (locale, word, description)| {
        let body = body.name_localized(locale, word);
        if kind == CommandType::ChatInput { body.description_localized(locale, description) } else { body }
    })
}

/// An option of a command, with its words in every language that it has them in.
pub fn option(command: &str, kind: CommandOptionType, name: &str, description: &str) -> CreateCommandOption {
    let body = CreateCommandOption::new(kind, name, description);
    words(&format!("{command} {name}")).fold(body, |body, (locale, word, description)| {
        body.name_localized(locale, word).description_localized(locale, description)
    })
}

/// An option with one more choice, in every language that it has the words in.
pub fn choice(option: CreateCommandOption, words: &str, value: impl Into<String>) -> CreateCommandOption {
    match CHOICES.iter().find(|(english, _)| *english == words) {
        Some((_, others)) => option.add_string_choice_localized(words, value, LOCALES.into_iter().zip(*others)),
        None => option.add_string_choice(words, value),
    }
}
