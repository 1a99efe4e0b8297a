"""A passphrase drawn at random: seven common words, without accents so that any keyboard types them."""

import secrets

WORDS = tuple(
    """
abeille abricot accord achat acier adresse affiche agneau aiguille aile aimant air alarme album algue ami
ananas ancre angle animal anneau arbre arche argent armoire arrosoir article assiette atelier atlas aube
auberge automne avenue avion avoine bagage bague bain balade balai balcon baleine balle bambou banane banc
bande banque barbe barque barrage bassin bateau baton beurre biche bijou billet biscuit bison blouse bobine
bocal boisson bol bonbon bonnet bordure botte bouche boucle bougie bouquet boussole bouton branche bras
brebis brique brise brosse brouette brume bulle bureau buvard cabane cacao cactus cadeau cadran cadre cahier
caillou calme camion canal canard canot carafe carnet carotte carreau carte castor cave ceinture cendre
cercle cerf cerise chaise chaleur chambre champ chanson chapeau charbon chariot chat chaussette chemin
chemise cheval chien chiffre chocolat cigale cigogne cirque ciseaux citron clairon classe clavier clef
cloche clou coccinelle cochon code coffre colline colombe compas comptoir concert copain coquille corbeau
corde corne costume coton coude couleur coupe courge cousin coussin couteau crabe craie crayon cristal
cuisine cuivre culture cycle cygne dalle damier danse dauphin dentelle dessin devoir diamant dictionnaire
dimanche disque docteur doigt domino dossier douane drapeau dune eau echarpe eclair ecole ecorce ecran
ecureuil effort eglise elan elastique elephant encre enfant enveloppe epaule epice epingle eponge escalier
escargot espace etagere etang etoile fable facteur faisan falaise famille farine faucon fauteuil fenetre
ferme festin feuille ficelle figue filet fleur fleuve flocon flotte foin fontaine foret forge fougere foulard
four fraise framboise fromage fruit fumee galet galop gant garage gardien gare gateau genou girafe givre
glace glycine gomme goudron gourde graine grange gravier grelot grenier grille grotte groupe guitare hamac
hangar haricot harpe herbe herisson heure hibou hirondelle histoire hiver horizon horloge hotel houle huile
image immeuble insecte iris ivoire jardin jasmin jeton jeudi jonquille jouet journal jument jungle jupe
kayak kiosque laine lait lampe lanterne lapin lavande lecture lessive lettre levier lezard libellule lierre
ligne limace linge lion livre loisir losange loupe loutre lumiere lundi lune lutin machine magasin magie
maison malle mandarine manteau marche mardi marin marmite marron marteau masque matin melodie melon menthe
merle message metal meuble miel mimosa minute miroir moineau montagne montre moteur mouche mouette moulin
mousse mouton muguet mur musique myrtille nappe navire neige nid noisette noix nuage numero oasis objet
ocean oiseau olive ombre oncle orage orange orchestre oreille orge orteil ourson outil ovale page paille
palais palmier panier panneau papier papillon parapluie parc parfum parquet passage patin pavot paysage
peinture pelle peluche pendule perle persil phare photo piano pierre pigeon pile pinceau pingouin pirate
piscine pivoine placard plage planche plante plateau pluie plume poche poire poisson poivre pomme pont
porche port potage poterie poule poussin prairie prune puits pull puzzle quai quartier rabot racine radis
raisin rameau rangement raquette rateau recette refrain regard renard requin ressort rideau riviere robe
rocher roman ronde rose roseau roue ruban ruche rue sable sabot sac safran saison salade salon samedi sapin
sardine saule saumon savon scarabee scie seau semelle sentier serrure sifflet signal silence singe sirop
soleil sommet souris spirale stade statue stylo sucre tableau tablier tambour tapis tartine tasse taureau
temps tente terrasse theatre thon tigre timbre tiroir toile toit tomate tonneau torche tortue tour trajet
treille tresse tribune trousse truite tulipe tunnel usine vague valise vallee vanille vapeur velours vent
verger vernis verre veste viande vigne village violon virage visage vitrine voile voiture volcan voyage
wagon yaourt zebre
""".split()  # noqa: SIM905 - a list of 700 literals reads worse
)
COUNT = 7


def proposed_passphrase() -> str:
    """Return seven different words drawn by the system's generator."""
    drawn: list[str] = []
    while len(drawn) < COUNT:
        word = secrets.choice(WORDS)
        if word not in drawn:
            drawn.append(word)
    return " ".join(drawn)
